// npm run bench -- NAME [arguments]: measures bench/NAME.ts of the server or the badge library.
import { runServerModule } from './run-server-module.mjs'

const { code } = await runServerModule('bench')
process.exitCode = code === 0 ? 0 : 1
