import type { Command } from 'commander'
import { loadSettings } from '../../config/load.js'
import { openRuntime } from '../../runtime.js'
import { examples, printJson, printLine } from '../output.js'

type Options = { readonly json?: true }

export function registerRemoveDemo(program: Command): void {
  program
    .command('remove-demo')
    .description('Delete the sample organization with its badges, learners, awards and events.')
    .option('--json', 'print what was deleted as JSON')
    .addHelpText('after', examples('rosette remove-demo'))
    .action(removeDemo)
}

async function removeDemo({ json }: Options): Promise<void> {
  const runtime = await openRuntime(loadSettings(), { mustOwn: false })
  try {
    const removed = await runtime.app.demo.remove()
    if (json) printJson(removed)
    else if (removed.learners + removed.templates === 0) printLine('There is no demo to remove.')
    else {
      const { templates, learners, awards, events } = removed
      printLine(
        `Deleted ${templates} badges, ${learners} learners, ${awards} awards and ${events} events.`,
      )
    }
  } finally {
    await runtime.close()
  }
}
