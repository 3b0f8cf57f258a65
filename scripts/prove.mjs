// npm run prove -- NAME [arguments]: runs apps/server/proofs/NAME.ts, a test too heavy for vitest.
import { runServerModule } from './run-server-module.mjs'

const { code, output } = await runServerModule('proofs')
const proved = output.trimEnd().split('\n').at(-1).startsWith('proved: ')
if (code === 0 && !proved) console.error('It ended without a line that says what was proved.')
process.exitCode = code === 0 && proved ? 0 : 1
