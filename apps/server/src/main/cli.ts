import { parseCommandLine } from './command-line.js'

process.exitCode = await parseCommandLine(process.argv.slice(2))
