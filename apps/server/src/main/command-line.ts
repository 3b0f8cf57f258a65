import { Command, CommanderError } from 'commander'
import { exitCodeOf, sentenceOf } from './command-error.js'
import { loadCommands } from './command-list.js'

/** Runs one command and answers with its exit code: 0, 1 for a no, 2 for what cannot be done. */
export async function parseCommandLine(args: readonly string[]): Promise<number> {
  // Whoever reads our output may have enough of it.
  process.stdout.on('error', (error) => {
    if ('code' in error && error.code === 'EPIPE') process.exit(0)
    throw error
  })
  const program = new Command('rosette')
    .description('Rosette, a badge platform: its processes and its tools.')
    .exitOverride()
    .showHelpAfterError('(Add --help to see how it is used.)')
    .addHelpText('after', '\nExit codes: 0 done or yes, 1 no, 2 cannot be done.')
  for (const register of await loadCommands(args[0])) register(program)
  try {
    await program.parseAsync(args, { from: 'user' })
    return Number(process.exitCode ?? 0)
  } catch (error) {
    if (error instanceof CommanderError) return isHelp(error) ? 0 : 2
    process.stderr.write(`${sentenceOf(error)}\n`)
    return exitCodeOf(error)
  }
}

// Help that was asked for is an answer; help because nothing was asked for is not.
function isHelp({ exitCode }: CommanderError): boolean {
  return exitCode === 0
}
