import { z } from 'zod'
import { unexpectedAnswer } from '../http.js'
import type { CallOptions, Order, ProviderBadge } from '../provider.js'
import { ProviderError } from '../provider-error.js'
import type { Api } from './api.js'
import { assertionSchema, envelopeOf, issuerSchema, reasonOr, toBadge } from './entities.js'
import { toNewAssertion } from './new-assertion.js'
import type { Templates } from './templates.js'

/**
 * No server says how many it takes. Each badge is baked while the request waits, and one bad order
 * refuses the others with it, so a batch is kept small.
 */
export const batchMost = 25

export type BadgrIssuer = { readonly id: string; readonly name: string }

/** What became of one revocation of many; `reason` says why it was not done. */
export type Revoked = {
  readonly id: string
  readonly revoked: boolean
  readonly reason: string | null
}

const revokedSchema = z.object({
  entityId: z.string().nullish(),
  revoked: z.boolean(),
  reason: z.string().nullish(),
})

/** What these servers can do beyond the contract. */
export function createBatches(api: Api, templates: Templates) {
  /** All of one badge class, and all or none: a refusal of one refuses them all, and says which it was. */
  async function issueBatch(
    orders: readonly Order[],
    options: CallOptions = {},
  ): Promise<readonly ProviderBadge[]> {
    const [templateId, ...others] = new Set(orders.map((order) => order.templateId))
    if (templateId === undefined) return []
    if (others.length > 0) throw refuse('One request may issue badges of one badge class only.')
    assertFits(orders.length)
    const rule = await templates.ruleOf(templateId, options)
    const now = api.now()
    const body = { assertions: orders.map((order) => toNewAssertion(order, rule, now)) }
    const path = ['badgeclasses', templateId, 'issue']
    const what = 'the orders'
    const missing = 'template-unavailable'
    const answer = await api.ask({ what, method: 'POST', path, body, missing, ...options })
    const issued = envelopeOf(assertionSchema).safeParse(answer.json).data?.result
    if (issued?.length !== orders.length) throw unexpectedAnswer(api.name, what, answer)
    return issued.map((assertion) => toBadge(assertion, now))
  }

  /** Each on its own: one that is refused does not keep the others. */
  async function revokeBatch(
    revocations: readonly { readonly id: string; readonly reason: string }[],
    options: CallOptions = {},
  ): Promise<readonly Revoked[]> {
    assertFits(revocations.length)
    const body = revocations.map(({ id, reason }) => ({
      entityId: id,
      revocationReason: reasonOr(reason),
    }))
    const path = ['assertions', 'revoke']
    const question = { what: 'the revocations', method: 'POST', path, body, ...options } as const
    const results = await api.list(question, revokedSchema)
    return results.map(({ entityId, revoked, reason }, index) => ({
      id: entityId ?? revocations[index]?.id ?? '',
      revoked,
      reason: reason ?? null,
    }))
  }

  async function listIssuers(options: CallOptions = {}): Promise<readonly BadgrIssuer[]> {
    const query = { include_staff: 'false' }
    const question = { what: 'the request for issuers', path: ['issuers'], query, ...options }
    const issuers = await api.list(question, issuerSchema)
    return issuers.map(({ entityId, name }) => ({ id: entityId, name }))
  }

  return { issueBatch, revokeBatch, listIssuers }
}

function assertFits(count: number): void {
  if (count > batchMost) throw refuse(`One request may carry ${batchMost}, and not ${count}.`)
}

function refuse(message: string): ProviderError {
  return new ProviderError(message, { kind: 'refused', reason: 'other' })
}
