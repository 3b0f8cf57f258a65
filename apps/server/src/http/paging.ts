import { AppError } from './app-error.js'

const forms = {
  text: /^/,
  uuid: /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
  instant: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/,
  number: /^\d{1,15}$/,
}

/** The place in the order after which a page begins; undefined for the first page. */
export function readCursor(
  cursor: string | undefined,
  kinds: readonly (keyof typeof forms)[],
): readonly string[] | undefined {
  if (cursor === undefined) return undefined
  const values = parsed(cursor)
  const fits =
    values.length === kinds.length && kinds.every((kind, i) => forms[kind].test(values[i] ?? ''))
  if (fits) return values
  const faults = [{ path: 'cursor', reason: 'Send `next` of the page before, unchanged.' }]
  throw new AppError('request-invalid', 'The cursor is none of this list.', { faults })
}

function parsed(cursor: string): readonly string[] {
  try {
    const values: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
    return Array.isArray(values) && values.every((v): v is string => typeof v === 'string')
      ? values
      : []
  } catch {
    return []
  }
}

/** Cuts what was read with one row more than the limit into a page. */
export function toPage<Row>(
  rows: readonly Row[],
  limit: number,
  placeOf: (row: Row) => readonly (string | number)[],
): { readonly rows: readonly Row[]; readonly next: string | null } {
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  if (rows.length <= limit || last === undefined) return { rows: page, next: null }
  return { rows: page, next: cursorAt(placeOf(last)) }
}

/** The cursor of a page that begins after this place. */
export function cursorAt(place: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(place.map(String))).toString('base64url')
}

/** Text as the pattern of LIKE that finds it literally. */
export function likeText(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&')
}
