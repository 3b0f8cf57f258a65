import { decodeEvent } from '@rosette/openedx-events'
import type { Command } from 'commander'
import { cannot } from '../command-error.js'
import { readArgument } from '../input.js'
import { knownSignal } from '../known-signal.js'
import { examples, printJson } from '../output.js'

type Options = { readonly type: string; readonly hex: string }

export function registerDecodeEvent(program: Command): void {
  program
    .command('decode-event')
    .description('Print the event in Avro bytes from the bus as JSON.')
    .requiredOption('--type <type>', 'event type, or the dotted Python name of the signal')
    .requiredOption('--hex <hex>', 'the bytes as hex; @file or - for stdin')
    .option('--json', 'accepted; the output is JSON in any case')
    .addHelpText(
      'after',
      examples(
        'rosette decode-event --type org.openedx.learning.badge.awarded.v1 --hex @bytes.txt',
      ),
    )
    .action(decode)
}

async function decode({ type, hex }: Options): Promise<void> {
  const signal = knownSignal(type)
  const digits = (await readArgument(hex)).replace(/\s+/g, '')
  if (!/^([0-9a-f]{2})*$/i.test(digits)) {
    throw cannot('--hex is not hex: write an even number of the digits 0-9 and a-f.')
  }
  printJson({ eventType: signal.eventType, data: decodeEvent(signal, Buffer.from(digits, 'hex')) })
}
