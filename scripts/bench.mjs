// npm run bench -- NAME [arguments]: measures apps/server/bench/NAME.ts.
import { runServerModule } from './run-server-module.mjs'

const { code } = await runServerModule('bench')
process.exitCode = code === 0 ? 0 : 1
