import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { AccredibleRefusal } from './accredible-refusal.js'

const defaultSize = 50

const pageInput = z.object({
  page: z.coerce.number().int().min(1).catch(1),
  page_size: z.coerce.number().int().min(1).catch(defaultSize),
})

/** One page of the first version of the API, and the true facts about the others. */
export function paged<T>(all: readonly T[], input: unknown) {
  const { page, page_size } = pageInput.parse(input ?? {})
  const pages = Math.ceil(all.length / page_size)
  return {
    rows: all.slice((page - 1) * page_size, page * page_size),
    meta: {
      current_page: page,
      next_page: page < pages ? page + 1 : null,
      prev_page: page > 1 ? page - 1 : null,
      total_pages: pages,
      total_count: all.length,
    },
  }
}

const anyRecord = z.record(z.string(), z.unknown()).catch({})

/** The first version takes what it is asked for from the address and from the body. */
export function merged({ query, body }: FastifyRequest): Readonly<Record<string, unknown>> {
  return { ...anyRecord.parse(query), ...anyRecord.parse(body) }
}

export function readBody<T>(schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body)
  if (parsed.success) return parsed.data
  throw new AccredibleRefusal(422, { errors: 'The parameters are missing or invalid' })
}
