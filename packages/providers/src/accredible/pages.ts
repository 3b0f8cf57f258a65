import { z } from 'zod'
import type { CallOptions } from '../provider.js'
import { ProviderError } from '../provider-error.js'
import type { AccredibleApi } from './api.js'

const pageSize = 50

const metaSchema = z.object({
  next_page: z.number().nullish().catch(null),
  total_pages: z.number().nullish().catch(null),
})

type List<T> = {
  readonly path: readonly string[]
  readonly what: string
  /** The member of the answer that holds the rows. */
  readonly member: string
  readonly row: z.ZodType<T>
}

/** All pages of a list of the first version of the API. */
export async function* listPages<T extends { readonly id: string }>(
  api: AccredibleApi,
  { path, what, member, row }: List<T>,
  { signal }: CallOptions = {},
): AsyncGenerator<readonly T[]> {
  const schema = z
    .looseObject({ meta: metaSchema.nullish().catch(null) })
    .transform((page, context) => {
      const rows = z.array(row).safeParse(page[member])
      if (rows.success) return { rows: rows.data, meta: page.meta }
      context.addIssue({ code: 'custom', message: `${member} is no list of the expected rows` })
      return z.NEVER
    })
  const seen = new Set<string>()
  for (let page = 1; ; page++) {
    const body = { page, page_size: pageSize }
    const answer = await api.call({
      method: 'POST',
      version: 'v1',
      path,
      body,
      what,
      schema,
      signal,
    })
    const { rows, meta } = answer
    const fresh = rows.filter(({ id }) => !seen.has(id))
    for (const { id } of fresh) seen.add(id)
    if (fresh.length > 0) yield fresh
    const more = meta
      ? Math.max(meta.next_page ?? 0, meta.total_pages ?? 0) > page
      : rows.length === pageSize
    if (!more) return
    // Who takes a part for all would take the rest for deleted.
    if (fresh.length === 0) {
      throw new ProviderError(`Accredible repeats itself in ${what}, on page ${page}.`, {
        kind: 'unanswered',
      })
    }
  }
}
