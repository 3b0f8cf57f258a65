import type { Command } from 'commander'
import { loadSettings } from '../../config/load.js'
import { openRuntime } from '../../runtime.js'
import { examples, printLine } from '../output.js'

export function registerCreateAdministratorLink(program: Command): void {
  program
    .command('create-administrator-link')
    .description(
      'Print a link with which somebody becomes an administrator, or gets back in; it works once, for 24 hours.',
    )
    .addHelpText('after', examples('rosette create-administrator-link'))
    .action(createAdministratorLink)
}

async function createAdministratorLink(): Promise<void> {
  const runtime = await openRuntime(loadSettings(), { mustOwn: false })
  try {
    printLine(await runtime.app.people.setUp.makeLink('create-administrator-link'))
  } finally {
    await runtime.close()
  }
}
