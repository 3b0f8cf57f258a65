import { fieldRefusal, notFound, type Outcome } from './badgr-envelope.js'
import type { Ask } from './badgr-routes.js'
import type { World } from './badgr-state.js'

type Listed = { readonly entityId: string; readonly revision: number; readonly updatedAt: Date }

const mostPerPage = 500
const changesPerPage = 100

/** Newest first. Cut into pages only when `num` asks for it; the `Link` header leads on and back. */
export function listOf<T extends Listed>(
  { pages }: World,
  { url }: Ask,
  { items, view }: { readonly items: readonly T[]; readonly view: (item: T) => object },
): Outcome {
  const sorted = items.toReversed()
  const num = readNum(url)
  if (num === undefined || !pages) return { result: sorted.map(view) }
  const start = startOf(sorted, url.searchParams.get('cursor'))
  const links = [
    linkTo(url, 'next', sorted[start + num]),
    start === 0 ? undefined : linkTo(url, 'prev', sorted[Math.max(start - num, 0)]),
  ].filter((link) => link !== undefined)
  return {
    result: sorted.slice(start, start + num).map(view),
    ...(links.length === 0 ? {} : { headers: { link: links.join(', ') } }),
  }
}

function readNum(url: URL): number | undefined {
  const num = url.searchParams.get('num') ?? ''
  return /^\d+$/.test(num) ? Math.min(Math.max(Number(num), 1), mostPerPage) : undefined
}

/** A cursor names the first item of its page. */
function startOf(items: readonly Listed[], cursor: string | null): number {
  if (cursor === null) return 0
  const start = items.findIndex(({ entityId }) => toCursor(entityId) === cursor)
  if (start === -1) throw notFound()
  return start
}

function linkTo(url: URL, rel: string, first: Listed | undefined): string | undefined {
  if (first === undefined) return undefined
  return `<${withCursor(url, toCursor(first.entityId))}>; rel="${rel}"`
}

function withCursor(url: URL, cursor: string): string {
  const other = new URL(url)
  other.searchParams.set('cursor', cursor)
  return other.href
}

function toCursor(text: string): string {
  return Buffer.from(text).toString('base64url')
}

/** What changed since a time, the oldest change first, with the paging in the body. */
export function changesOf<T extends Listed>(
  { core }: World,
  { url }: Ask,
  { items, view }: { readonly items: readonly T[]; readonly view: (item: T) => object },
): Outcome {
  const timestamp = core.now().toISOString()
  const since = readSince(url.searchParams.get('since'))
  const after = Number(Buffer.from(url.searchParams.get('cursor') ?? '', 'base64url').toString())
  const num = readNum(url) ?? changesPerPage
  const changed = items
    .filter(({ updatedAt, revision }) => updatedAt.getTime() >= since && revision > after)
    .toSorted((a, b) => a.revision - b.revision)
  const page = changed.slice(0, num)
  const last = page.at(-1)
  const hasNext = last !== undefined && changed.length > num
  const pagination = {
    hasNext,
    nextResults: hasNext ? withCursor(url, toCursor(String(last.revision))) : null,
    hasPrevious: after > 0,
    previousResults: null,
  }
  return { result: page.map(view), more: { pagination, timestamp } }
}

function readSince(since: string | null): number {
  if (since === null) return Number.NEGATIVE_INFINITY
  const ms = /T.*(?:Z|[+-]\d{2}:?\d{2})$/.test(since) ? Date.parse(since) : Number.NaN
  if (Number.isNaN(ms)) {
    throw fieldRefusal({ since: ['must be ISO-8601 format with time zone'] })
  }
  return ms
}
