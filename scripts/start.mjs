// npm start: from a fresh clone to the whole platform running, without a question.
import { build, ensureInstalled, requireNode } from './prepare.mjs'
import { root } from './run-command.mjs'

requireNode()
process.chdir(root)
await ensureInstalled()
console.log('Building...')
await build()

// Off is the default of a deployment, but whoever starts this wants to see badges.
process.env.BADGES_ENABLED ??= 'true'
process.argv.splice(1, 1, `${root}apps/server/bin/rosette.mjs`, 'serve', '--all')
// In this process, so that signals, input and the exit code are the server's own.
await import('../apps/server/bin/rosette.mjs')
