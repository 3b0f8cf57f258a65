import type { Command } from 'commander'
import { loadSettings } from '../../config/load.js'
import { openRuntime } from '../../runtime.js'
import { examples, printJson, printLine } from '../output.js'

type Options = { readonly name: string; readonly json?: true }

export function registerCreateToken(program: Command): void {
  program
    .command('create-token')
    .description('Make an administration token and print it; it is kept only as a hash.')
    .option('--name <name>', 'what the token is for', 'administration')
    .option('--json', 'print { name, token } as JSON')
    .addHelpText('after', examples('rosette create-token --name "grading script"'))
    .action(createToken)
}

async function createToken({ name, json }: Options): Promise<void> {
  const runtime = await openRuntime(loadSettings(), { mustOwn: false })
  try {
    const token = await runtime.app.tokens.create(name)
    if (json) printJson({ name, token })
    else printLine(token)
  } finally {
    await runtime.close()
  }
}
