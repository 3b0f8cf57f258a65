import { parseEventTime } from '@rosette/engine'
import { type Report, verifyCredential } from '@rosette/open-badges'
import type { Command } from 'commander'
import { type FileVerdict, isFolder, verifyFolder } from '../badge-folder.js'
import { cannot, reasonOf } from '../command-error.js'
import { documentsFrom, fetchBytes, fetchDocument } from '../documents.js'
import { readBytes, readJsonFile } from '../input.js'
import { examples, printJson, printLine, printTable } from '../output.js'

type Options = {
  readonly at?: string
  readonly documents?: string
  readonly recipient?: string
  readonly json?: true
}

export function registerVerify(program: Command): void {
  program
    .command('verify')
    .description(
      'Check whether a badge is real and in force; exit code 1 when it, or one of many, is not.',
    )
    .argument(
      '<badge>',
      'Open Badges 0.5 to 3.0 or CLR 2.0 as JSON, JWT, baked PNG or SVG: a file, a folder, an http(s) URL, or - for stdin',
    )
    .option('--at <time>', 'the time to check for, ISO 8601; without it, now')
    .option('--documents <file>', 'JSON { url: document } that answers instead of the network')
    .option('--recipient <identity>', 'e-mail address that the badge should belong to')
    .option('--json', 'print the whole report as JSON')
    .addHelpText(
      'after',
      examples(
        'rosette verify badge.png --at 2026-01-01T00:00:00Z',
        'rosette verify badges/ --json',
      ),
    )
    .action(verify)
}

async function verify(badge: string, options: Options): Promise<void> {
  const now = toTime(options.at)
  const documents = await toDocuments(options.documents)
  const { recipient } = options
  if (await isFolder(badge)) {
    const check = (bytes: Uint8Array) => verifyCredential(bytes, { documents, now, recipient })
    return printFolder(await verifyFolder(badge, check), options)
  }
  const found = await readBadge(badge, documents, options.documents !== undefined)
  const more = { documents: found.documents, now, recipient }
  const report = await verifyCredential(found.input, more)
  if (options.json) printJson(report)
  else printReport(report)
  if (report.verdict !== 'valid') process.exitCode = 1
}

function printFolder(files: readonly FileVerdict[], { json }: Options): void {
  if (json) printJson({ files })
  else {
    const rows = files.map(({ file, kind, verdict, problem = '' }) => [
      file,
      kind,
      verdict,
      problem,
    ])
    printTable([['FILE', 'KIND', 'VERDICT', 'FIRST PROBLEM'], ...rows])
  }
  if (files.some(({ verdict }) => verdict !== 'valid')) process.exitCode = 1
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

type Documents = (url: string) => Promise<unknown>

// A badge before 1.1 counts only at its address, so the address is handed on, with what it answered.
async function readBadge(badge: string, documents: Documents, isGiven: boolean) {
  if (!/^https?:\/\//i.test(badge)) return { input: await readBytes(badge), documents }
  const answer = await fetchBadge(badge, isGiven ? documents : fetchAnyBadge)
  let isFirst = true
  return {
    input: badge,
    documents: async (url: string) => {
      if (!isFirst || url !== badge) return await documents(url)
      isFirst = false
      return answer
    },
  }
}

async function fetchAnyBadge(url: string): Promise<Uint8Array> {
  const accept = 'application/json, application/ld+json, application/vc, image/png, image/svg+xml'
  return await fetchBytes(url, { mostBytes: 4 * 1024 * 1024, accept })
}

async function fetchBadge(url: string, documents: Documents): Promise<unknown> {
  try {
    return await documents(url)
  } catch (error) {
    throw cannot(`The badge cannot be fetched: ${reasonOf(error)}. Check the address.`, error)
  }
}

const marks = { passed: '✓', failed: '✗', warning: '!', skipped: '-' }

function printReport({ verdict, kind, badge, checks, badges = [] }: Report): void {
  const name = badge.achievementName ?? badge.name
  const from = badge.issuerName ?? badge.issuerId
  printLine([name ?? 'A badge', from === undefined ? '' : ` by ${from}`, ` (${kind})`].join(''))
  for (const { code, outcome, message } of checks) {
    printLine(`${marks[outcome]} ${code.padEnd(9)} ${message}`)
  }
  for (const { verdict: one, badge: inside } of badges) {
    printLine(`  holds ${inside.achievementName ?? inside.name ?? 'a badge'}: ${words(one)}`)
  }
  printLine(verdict === 'valid' ? 'VALID' : `NOT VALID: ${words(verdict)}`)
}

function words(verdict: Report['verdict']): string {
  return verdict.replaceAll('-', ' ')
}
