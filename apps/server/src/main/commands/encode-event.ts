import { encodeEvent } from '@rosette/openedx-events'
import type { Command } from 'commander'
import { readJsonArgument } from '../input.js'
import { knownSignal } from '../known-signal.js'
import { examples, printLine } from '../output.js'

type Options = { readonly type: string; readonly data: string }

export function registerEncodeEvent(program: Command): void {
  program
    .command('encode-event')
    .description('Print the Avro bytes of an event as hex, as Open edX puts them on the bus.')
    .requiredOption('--type <type>', 'event type, or the dotted Python name of the signal')
    .requiredOption('--data <json>', 'payload under its keyword argument; @file or - for stdin')
    .addHelpText(
      'after',
      examples(
        'rosette encode-event --type org.openedx.learning.badge.awarded.v1 --data @badge.json',
      ),
    )
    .action(encode)
}

async function encode({ type, data }: Options): Promise<void> {
  const signal = knownSignal(type)
  printLine(encodeEvent(signal, await readJsonArgument('--data', data)).toString('hex'))
}
