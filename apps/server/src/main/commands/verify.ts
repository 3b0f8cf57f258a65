import { parseEventTime } from '@rosette/engine'
import { GuardedFetchError } from '@rosette/guarded-fetch'
import { verifyCredential } from '@rosette/open-badges'
import type { Command } from 'commander'
import { type FileVerdict, isFolder, verifyFolder } from '../badge-folder.js'
import { cannot, reasonOf } from '../command-error.js'
import { createWebDocuments, type Documents, documentsFrom } from '../documents.js'
import { readBytes, readJsonFile } from '../input.js'
import { examples, printJson, printLine, printTable } from '../output.js'
import { reportLines, withoutControls } from '../report-lines.js'

type Options = {
  readonly at?: string
  readonly documents?: string
  readonly recipient?: readonly string[]
  readonly allowHost?: readonly string[]
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
    .option(
      '--recipient <identity>',
      'e-mail address that the badge should belong to; again for another one',
      collect,
    )
    .option(
      '--allow-host <host>',
      'name or name:port that may be asked in a private network; again for another one',
      collect,
    )
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

function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value]
}

async function verify(badge: string, options: Options): Promise<void> {
  const { recipient } = options
  const now = toTime(options.at)
  const source = await toSource(badge, options)
  if (await isFolder(badge)) {
    const { documents } = source
    const check = (bytes: Uint8Array) => verifyCredential(bytes, { documents, now, recipient })
    return printFolder(await verifyFolder(badge, { verify: check, ...progress() }), options)
  }
  const { input, documents } = await readBadge(badge, source)
  const report = await verifyCredential(input, { documents, now, recipient })
  if (options.json) printJson(report)
  else for (const line of reportLines(report)) printLine(line)
  if (report.verdict !== 'valid') process.exitCode = 1
}

// Only for somebody who watches: what is written to a file has no use for it.
function progress() {
  if (!process.stderr.isTTY) return {}
  return {
    onProgress: (done: number, all: number) => {
      process.stderr.write(done < all ? `\r${done} of ${all}` : '\r\u001b[K')
    },
  }
}

function printFolder(files: readonly FileVerdict[], { json }: Options): void {
  if (json) printJson({ files })
  else {
    const rows = files.map(({ file, kind, verdict, problem = '' }) =>
      [file, kind, verdict, problem].map(withoutControls),
    )
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

/** Where documents come from, and the badge itself when it is named by its address. */
type Source = { readonly documents: Documents; readonly fetchBadge: Documents }

async function toSource(badge: string, options: Options): Promise<Source> {
  const { documents: file, allowHost = [] } = options
  if (file === undefined) {
    const allowHosts = [...allowHost, ...hostsIn(badge)]
    const onRefused = (sentence: string) => process.stderr.write(`${sentence}\n`)
    const { fetchBytes, fetchDocument } = createWebDocuments({ allowHosts, onRefused })
    return { documents: fetchDocument, fetchBadge: fetchBytes }
  }
  const map = await readJsonFile(file)
  if (typeof map === 'object' && map !== null && !Array.isArray(map)) {
    const documents = documentsFrom(Object.fromEntries(Object.entries(map)))
    return { documents, fetchBadge: documents }
  }
  throw cannot(`${file} is not a map; write a JSON object { url: document }.`)
}

// Who names an address means to ask there, and what lies beside it.
function hostsIn(badge: string): readonly string[] {
  return isAddress(badge) && URL.canParse(badge) ? [new URL(badge).hostname] : []
}

function isAddress(badge: string): boolean {
  return /^https?:\/\//i.test(badge)
}

// A badge before 1.1 counts only at its address, so the address is handed on, with what it answered.
async function readBadge(badge: string, { documents, fetchBadge }: Source) {
  if (!isAddress(badge)) return { input: await readBytes(badge), documents }
  const answer = await fetchFrom(badge, fetchBadge)
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

async function fetchFrom(url: string, fetchBadge: Documents): Promise<unknown> {
  try {
    return await fetchBadge(url)
  } catch (error) {
    const reason = error instanceof GuardedFetchError ? error.message : `${reasonOf(error)}.`
    throw cannot(`The badge cannot be fetched: ${reason}`, error)
  }
}
