import { type KeyPath, keyPathsOf } from '@rosette/openedx-events'
import type { Command } from 'commander'
import { loadSettings } from '../../config/load.js'
import { knownSignal } from '../known-signal.js'
import { examples, printJson, printTable } from '../output.js'

type Options = { readonly json?: true }

export function registerKeyPaths(program: Command): void {
  program
    .command('key-paths')
    .description(
      'List the key paths that data rules of an event type may use, by the settings; with their types in a terminal.',
    )
    .argument('<event-type>', 'event type, or the dotted Python name of the signal')
    .option('--json', 'print [{ path, type, nullable, label }] as JSON')
    .addHelpText(
      'after',
      examples('rosette key-paths org.openedx.learning.course.passing.status.updated.v1'),
    )
    .action(list)
}

function list(eventType: string, { json }: Options): void {
  const signal = knownSignal(eventType)
  const paths = keyPathsOf(signal, loadSettings().config.badges.ignoredKeyPaths)
  // A person wants to see the types; a program that reads lines wants the paths alone.
  const columns = ({ path, type }: KeyPath) => (process.stdout.isTTY ? [path, type] : [path])
  if (json) printJson(paths)
  else printTable(paths.map(columns))
}
