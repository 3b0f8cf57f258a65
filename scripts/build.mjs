// npm run build: everything that runs, compiled.
import { build, ensureInstalled, requireNode } from './prepare.mjs'

requireNode()
await ensureInstalled()
await build()
