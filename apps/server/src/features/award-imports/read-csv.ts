import { CsvError, parse } from 'csv-parse/sync'

/** A file as a table of texts. `line` is where a row begins, as people count. */
export type CsvTable = {
  readonly encoding: string
  readonly delimiter: string
  readonly header: readonly string[]
  readonly rows: readonly { readonly line: number; readonly cells: readonly string[] }[]
}
export type CsvFault = { readonly fault: string }

const delimiters = [',', ';', '\t', '|']
/** How much of a text is looked at to tell its delimiter. */
const sampleLength = 20_000

/** Reads a table of whatever a spreadsheet has written; answers with what is wrong where it cannot. */
export function readCsv(bytes: Uint8Array): CsvTable | CsvFault {
  const { text, encoding } = decode(bytes)
  if (text.trim() === '') return { fault: 'The file is empty.' }
  const delimiter = delimiterOf(text)
  const found = parsed(text, delimiter)
  if ('fault' in found) return found
  const [first, ...rest] = found.rows
  if (first === undefined) return { fault: 'The file is empty.' }
  return { encoding, delimiter, header: first.cells.map((name) => name.trim()), rows: rest }
}

/** By its mark where it has one; else UTF-16 by its zeros, UTF-8 if it is that, and what Windows writes. */
function decode(bytes: Uint8Array): { readonly text: string; readonly encoding: string } {
  const encoding = encodingOf(bytes)
  // Zeros cannot be stored, and stand in no text on purpose.
  const text = new TextDecoder(encoding).decode(bytes).replaceAll('\0', '\uFFFD')
  return { text, encoding }
}

function encodingOf(bytes: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252' {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  const zeros = [0, 0]
  for (const [index, byte] of bytes.subarray(0, 2000).entries()) {
    if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1
  }
  const [even = 0, odd = 0] = zeros
  const half = Math.min(bytes.length, 2000) / 2
  if (odd > half * 0.4 && even < half * 0.05) return 'utf-16le'
  if (even > half * 0.4 && odd < half * 0.05) return 'utf-16be'
  return isUtf8(bytes) ? 'utf-8' : 'windows-1252'
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return true
  } catch {
    return false
  }
}

/** The one that gives the first lines the same number of columns, and the most of them. */
function delimiterOf(text: string): string {
  const sample = text.slice(0, sampleLength)
  const whole = sample.length < text.length ? sample.slice(0, sample.lastIndexOf('\n') + 1) : sample
  const ranked = delimiters.map((delimiter) => ({ delimiter, score: scoreOf(whole, delimiter) }))
  return ranked.reduce((best, one) => (one.score > best.score ? one : best)).delimiter
}

function scoreOf(sample: string, delimiter: string): number {
  const found = parsed(sample, delimiter)
  if ('fault' in found) return 0
  const widths = found.rows.slice(0, 50).map(({ cells }) => cells.length)
  const width = widths[0] ?? 0
  return width < 2 ? 0 : width * (widths.filter((one) => one === width).length / widths.length)
}

type Rows = { readonly rows: readonly { readonly line: number; readonly cells: string[] }[] }

function parsed(text: string, delimiter: string): Rows | CsvFault {
  try {
    const records: unknown = parse(text, {
      delimiter,
      bom: true,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
    })
    return { rows: parseRecords(records) }
  } catch (error) {
    if (error instanceof CsvError) return { fault: `${error.message}.` }
    throw error
  }
}

// `lines` counts to the end of a record, which may stand on several.
function parseRecords(records: unknown): Rows['rows'] {
  const rows = records as { record: string[]; info: { lines: number } }[]
  return rows
    .filter(({ record }) => record.some((cell) => cell.trim() !== ''))
    .map(({ record, info }) => ({
      line: info.lines - record.join('').split('\n').length + 1,
      cells: record,
    }))
}
