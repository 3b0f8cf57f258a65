import { isKeyKind, keyKinds, parseKey } from '@rosette/openedx-events'
import type { Command } from 'commander'
import { cannot, no } from '../command-error.js'
import { examples, printJson, printTable } from '../output.js'

type Options = { readonly kind: string; readonly json?: true }

export function registerParseKey(program: Command): void {
  program
    .command('parse-key')
    .description('Read an Open edX key; exit code 1 when the text is no key of the kind.')
    .argument('<key>', 'the key as text')
    .option('--kind <kind>', `one of ${keyKinds.join(', ')}`, 'CourseKey')
    .option('--json', 'print { ok, kind, canonical, parts, ... } or { ok, reason } as JSON')
    .addHelpText(
      'after',
      examples("rosette parse-key --kind CourseKey 'course-v1:OpenedX+DemoX+Demo_Course' --json"),
    )
    .action(parse)
}

function parse(text: string, { kind, json }: Options): void {
  if (!isKeyKind(kind)) {
    throw cannot(`--kind ${kind} is no kind of key; choose one of ${keyKinds.join(', ')}.`)
  }
  const parsed = parseKey(kind, text)
  if (!parsed.ok) {
    if (!json) throw no(`${JSON.stringify(text)} is no ${kind}: it ${parsed.reason}.`)
    printJson({ ok: false, reason: parsed.reason, requested: kind })
    process.exitCode = 1
    return
  }
  if (json) {
    const { ok, canonical, parts, deprecated } = parsed
    printJson({ ok, kind: parsed.kind, canonical, parts, deprecated, requested: kind })
    return
  }
  const parts = Object.entries(parsed.parts).map(([name, part]) => [name, toText(part)])
  printTable([['kind', parsed.kind], ['canonical', parsed.canonical], ...parts])
}

function toText(part: unknown): string {
  return typeof part === 'string' ? part : part === null ? '-' : JSON.stringify(part)
}
