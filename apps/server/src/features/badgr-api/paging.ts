import { sql } from 'kysely'

/** A place in a list that is ordered by a time or number and an id. */
export type Key = readonly [string, string]
export type Paging = {
  /** Undefined for the whole list. */
  readonly num: number | undefined
  readonly from: { readonly way: 'next' | 'prev'; readonly key: Key } | undefined
}
export type Page<Row> = {
  readonly rows: readonly Row[]
  readonly next: string | undefined
  readonly prev: string | undefined
}

const most = 500

/** `num` asks for pages, 1 to 500 at a time; what is no number asks for none. */
export function readPaging(num: string | undefined, cursor: string | undefined): Paging {
  if (num === undefined || !/^-?\d{1,9}$/.test(num)) return { num: undefined, from: undefined }
  return { num: Math.min(most, Math.max(1, Number(num))), from: readCursor(cursor) }
}

function readCursor(cursor: string | undefined): Paging['from'] {
  const text = Buffer.from(cursor ?? '', 'base64url').toString('utf8')
  const [, way, first, second] = /^(next|prev) (\S+) (\S+)$/.exec(text) ?? []
  if ((way !== 'next' && way !== 'prev') || first === undefined || second === undefined) {
    return undefined
  }
  return { way, key: [first, second] }
}

function cursorOf(way: 'next' | 'prev', [first, second]: Key): string {
  return Buffer.from(`${way} ${first} ${second}`).toString('base64url')
}

/** How a query reads one row more than a page, in the direction in which it is turned. */
export function turned(
  { num, from }: Paging,
  columns: readonly [string, string],
  {
    newestFirst,
    casts,
  }: { readonly newestFirst: boolean; readonly casts: readonly [string, string] },
) {
  const [first, second] = columns.map((column) => sql.ref(column))
  const backwards = from?.way === 'prev'
  const descending = newestFirst !== backwards
  const order = descending ? sql`desc` : sql`asc`
  const beyond = descending ? sql`<` : sql`>`
  const [a, b] = casts.map((cast) => sql.raw(cast))
  return {
    where:
      from === undefined
        ? sql`true`
        : sql`(${first}, ${second}) ${beyond} (${from.key[0]}::${a}, ${from.key[1]}::${b})`,
    order: sql`${first} ${order}, ${second} ${order}`,
    limit: num === undefined ? sql`` : sql`limit ${num + 1}`,
  }
}

/** Cuts what was read to a page, in the order of the list, with the ways on from it. */
export function toPage<Row>(
  rows: readonly Row[],
  { num, from }: Paging,
  keyOf: (row: Row) => Key,
): Page<Row> {
  if (num === undefined) return { rows, next: undefined, prev: undefined }
  const backwards = from?.way === 'prev'
  const hasMore = rows.length > num
  const cut = rows.slice(0, num)
  const page = backwards ? cut.reverse() : cut
  const [first, last] = [page[0], page.at(-1)]
  const hasNext = backwards || hasMore
  const hasPrev = backwards ? hasMore : from !== undefined
  return {
    rows: page,
    next: hasNext && last !== undefined ? cursorOf('next', keyOf(last)) : undefined,
    prev: hasPrev && first !== undefined ? cursorOf('prev', keyOf(first)) : undefined,
  }
}
