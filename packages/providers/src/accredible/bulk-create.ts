import { z } from 'zod'
import { unexpectedAnswer } from '../http.js'
import type { CallOptions, Order, ProviderBadge } from '../provider.js'
import { ProviderError } from '../provider-error.js'
import { type AccredibleApi, read } from './api.js'
import {
  assertRecipient,
  type BadgeContext,
  credentialSchema,
  toBadge,
  toCredentialBody,
} from './credentials.js'
import { refusal, saysFailure, toRefusal, wordsOf } from './refusals.js'

export const batchMost = 30

/**
 * What became of one order of several. Both are there when the credential was made but not published
 * because no credits are left.
 */
export type BulkResult = {
  readonly badge: ProviderBadge | null
  readonly error: ProviderError | null
}

const resultsSchema = z.object({
  results: z.array(
    z.object({
      credential: credentialSchema.nullish(),
      // Documented under both names.
      errors: z.unknown().optional(),
      error: z.unknown().optional(),
    }),
  ),
})
type Row = z.output<typeof resultsSchema>['results'][number]

/** Issues up to 30 orders with one request; the results are in the order of the orders. */
export async function bulkCreate(
  orders: readonly Order[],
  { api, context, signal }: { api: AccredibleApi; context: BadgeContext } & CallOptions,
): Promise<readonly BulkResult[]> {
  if (orders.length > batchMost) {
    const message = `Accredible takes at most ${batchMost} credentials in one request.`
    throw new ProviderError(message, { kind: 'refused', reason: 'other' })
  }
  const checked = orders.map((order) => ({ order, error: faultOf(order) }))
  const sent = checked.filter(({ error }) => error === null).map(({ order }) => order)
  const results = sent.length === 0 ? [] : await send(sent, { api, context, signal })
  const next = results[Symbol.iterator]()
  return checked.map(({ error }) => {
    const row = error === null ? next.next().value : undefined
    return row ?? { badge: null, error }
  })
}

async function send(
  orders: readonly Order[],
  deps: { api: AccredibleApi; context: BadgeContext; signal: AbortSignal | undefined },
): Promise<BulkResult[]> {
  const request = {
    method: 'POST',
    version: 'v2',
    path: ['credentials', 'bulk_create'],
    body: { credentials: orders.map(toCredentialBody) },
    what: 'several new credentials',
    schema: resultsSchema,
    signal: deps.signal,
  } as const
  const answer = await deps.api.send(request)
  // 422 has results too, when no row succeeded.
  const told = answer.status < 400 || resultsSchema.safeParse(answer.json).success
  if (!told || saysFailure(answer.json)) throw toRefusal(request.what, answer)
  const { results } = read(request, answer)
  const unexpected = unexpectedAnswer('Accredible', request.what, answer)
  if (results.length !== orders.length) throw unexpected
  return results.map((row, i) => {
    const { templateId = '', awardId } = orders[i] ?? {}
    const result = toResult(row, { ...deps.context, templateId })
    // Rows are taken to be in the order of the orders; one that says otherwise is not believed.
    const swapped = ![undefined, null, awardId].includes(result?.badge?.awardId)
    return result === undefined || swapped ? { badge: null, error: unexpected } : result
  })
}

function toResult(row: Row, context: BadgeContext): BulkResult | undefined {
  const words = wordsOf(row.errors ?? row.error)
  const error = words === '' ? null : refusal('a new credential', words, { status: 422 })
  if (row.credential) return { badge: toBadge(row.credential, context), error }
  return error === null ? undefined : { badge: null, error }
}

function faultOf(order: Order): ProviderError | null {
  try {
    assertRecipient(order)
    return null
  } catch (error) {
    if (error instanceof ProviderError) return error
    throw error
  }
}
