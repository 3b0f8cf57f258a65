import { parseEventTime } from '@rosette/engine'
import { type Report, verifyCredential } from '@rosette/open-badges'
import type { Command } from 'commander'
import { cannot, reasonOf } from '../command-error.js'
import { documentsFrom, fetchBytes, fetchDocument } from '../documents.js'
import { readBytes, readJsonFile } from '../input.js'
import { examples, printJson, printLine } from '../output.js'

type Options = {
  readonly at?: string
  readonly documents?: string
  readonly recipient?: string
  readonly json?: true
}

export function registerVerify(program: Command): void {
  program
    .command('verify')
    .description('Check whether a badge is real and in force; exit code 1 when it is not.')
    .argument('<badge>', 'JSON, JWT, baked PNG or SVG: a file, an http(s) URL, or - for stdin')
    .option('--at <time>', 'the time to check for, ISO 8601; without it, now')
    .option('--documents <file>', 'JSON { url: document } that answers instead of the network')
    .option('--recipient <identity>', 'e-mail address that the badge should belong to')
    .option('--json', 'print the whole report as JSON')
    .addHelpText('after', examples('rosette verify badge.png --at 2026-01-01T00:00:00Z'))
    .action(verify)
}

async function verify(badge: string, options: Options): Promise<void> {
  const now = toTime(options.at)
  const documents = await toDocuments(options.documents)
  const input = await readBadge(badge, options.documents === undefined ? undefined : documents)
  const { recipient } = options
  const report = await verifyCredential(input, { documents, now, recipient })
  if (options.json) printJson(report)
  else printReport(report)
  if (report.verdict !== 'valid') process.exitCode = 1
}

function toTime(text: string | undefined): Date {
  if (text === undefined) return new Date()
  const time = parseEventTime(text)
  if (time !== null) return new Date(time / 1000)
  throw cannot(`--at ${text} is no time; write it like 2026-01-01T00:00:00Z.`)
}

async function toDocuments(file: string | undefined) {
  if (file === undefined) return fetchDocument
  const map = await readJsonFile(file)
  if (typeof map === 'object' && map !== null && !Array.isArray(map)) {
    return documentsFrom(Object.fromEntries(Object.entries(map)))
  }
  throw cannot(`${file} is not a map; write a JSON object { url: document }.`)
}

async function readBadge(
  badge: string,
  given: ((url: string) => Promise<unknown>) | undefined,
): Promise<unknown> {
  if (!/^https?:\/\//i.test(badge)) return await readBytes(badge)
  const accept = 'application/json, application/ld+json, application/vc, image/png, image/svg+xml'
  try {
    return await (given?.(badge) ?? fetchBytes(badge, { mostBytes: 1024 * 1024, accept }))
  } catch (error) {
    throw cannot(`The badge cannot be fetched: ${reasonOf(error)}. Check the address.`, error)
  }
}

const marks = { passed: '✓', failed: '✗', warning: '!', skipped: '-' }

function printReport({ verdict, kind, badge, checks }: Report): void {
  const name = badge.achievementName ?? badge.name
  const from = badge.issuerName ?? badge.issuerId
  printLine([name ?? 'A badge', from === undefined ? '' : ` by ${from}`, ` (${kind})`].join(''))
  for (const { code, outcome, message } of checks) {
    printLine(`${marks[outcome]} ${code.padEnd(9)} ${message}`)
  }
  printLine(verdict === 'valid' ? 'VALID' : `NOT VALID: ${verdict.replaceAll('-', ' ')}`)
}
