import { z } from 'zod'
import type { Asked } from './kept-badge-views.js'

/** What one answer holds at most. */
const mostAtOnce = 100

/** How both versions of Open Badges ask for a page. */
export const pageQuery = z.object({
  limit: z.coerce
    .number()
    .int()
    .min(1)
    .default(50)
    .transform((limit) => Math.min(limit, mostAtOnce)),
  offset: z.coerce.number().int().min(0).max(1_000_000_000).default(0),
  since: z.iso.datetime({ offset: true }).optional(),
})

/** Leads to the other pages (RFC 8288). */
export function linksTo(url: string, { limit, offset, since }: Asked, total: number): string {
  const last = Math.max(0, Math.ceil(total / limit) - 1) * limit
  const at = (start: number, rel: string) => {
    const query = new URLSearchParams({ limit: String(limit), offset: String(start) })
    if (since !== undefined) query.set('since', since)
    return `<${url}?${query}>; rel="${rel}"`
  }
  return [
    ...(offset + limit < total ? [at(offset + limit, 'next')] : []),
    at(last, 'last'),
    at(0, 'first'),
    ...(offset > 0 ? [at(Math.max(0, offset - limit), 'prev')] : []),
  ].join(', ')
}
