import { z } from 'zod'
import { unexpectedAnswer } from '../http.js'
import type {
  CallOptions,
  Changes,
  Order,
  Provider,
  ProviderBadge,
  Revocation,
} from '../provider.js'
import { type Api, isNotFound, type Question } from './api.js'
import { assertionSchema, envelopeOf, isFor, reasonOr, toBadge } from './entities.js'
import { toNewAssertion } from './new-assertion.js'
import type { Templates } from './templates.js'

type Wanted = Parameters<Provider['findByRecipient']>[0]

const changesSchema = envelopeOf(assertionSchema).extend({
  timestamp: z.string().min(1),
  pagination: z.object({ nextResults: z.string().nullish() }).nullish(),
})

const changed = ['assertions', 'changed']

type ChangesPage = z.output<typeof changesSchema>

/** The badges that one issuer has given. */
export function createBadges(api: Api, issuerId: string, templates: Templates) {
  async function issue(order: Order, options: CallOptions = {}): Promise<ProviderBadge> {
    const { templateId } = order
    const rule = await templates.ruleOf(templateId, options)
    const path = ['badgeclasses', templateId, 'assertions']
    const body = toNewAssertion(order, rule, api.now())
    const missing = 'template-unavailable'
    const question = { what: 'the order', method: 'POST', path, body, missing, ...options } as const
    return toBadge(await api.one(question, assertionSchema), api.now())
  }

  async function revoke(
    id: string,
    { reason }: Revocation,
    options: CallOptions = {},
  ): Promise<ProviderBadge> {
    const path = ['assertions', id]
    const body = { revocation_reason: reasonOr(reason) }
    const question = { what: 'the revocation', method: 'DELETE', path, body, ...options } as const
    return toBadge(await api.one(question, assertionSchema), api.now())
  }

  async function get(id: string, options: CallOptions = {}): Promise<ProviderBadge | undefined> {
    const path = ['assertions', id]
    const question = { what: 'the request for a badge', path, ...options }
    const assertion = await api.find(question, assertionSchema)
    return assertion && toBadge(assertion, api.now())
  }

  async function findByRecipient(
    { templateId, email }: Wanted,
    options: CallOptions = {},
  ): Promise<readonly ProviderBadge[]> {
    // Compared exactly there, with addresses that are kept in lower case.
    const recipient = email.trim().toLowerCase()
    const query = { recipient, include_expired: '1', include_revoked: '1', num: '100' }
    const path = ['badgeclasses', templateId, 'assertions']
    const question = { what: 'the search for badges', path, query, ...options }
    const badges: ProviderBadge[] = []
    let hasBegun = false
    try {
      for await (const page of api.pages(question, assertionSchema)) {
        hasBegun = true
        const theirs = page.filter((assertion) => isFor(assertion, recipient))
        badges.push(...theirs.map((assertion) => toBadge(assertion, api.now())))
      }
    } catch (error) {
      // Of a badge class that is not there, nobody has a badge; a missing next page proves nothing.
      if (hasBegun || !isNotFound(error)) throw error
    }
    return badges
  }

  /** All that changed, up to the time at which the server began to look. Repeats are possible. */
  async function pollChanges(cursor: string | null, options: CallOptions = {}): Promise<Changes> {
    // A first poll only asks the server what time it is.
    if (cursor === null) return { badges: [], cursor: await timeThere(options) }
    const badges: ProviderBadge[] = []
    const seen = new Set<string>()
    let page = await readChanges({ path: changed, query: { since: cursor, num: '100' } }, options)
    // Of the first page: what changes while we turn pages is for the next poll.
    const { timestamp } = page
    for (;;) {
      const ours = page.result.filter(({ issuer }) => (issuer ?? issuerId) === issuerId)
      badges.push(...ours.map((assertion) => toBadge(assertion, api.now())))
      const path = api.nextPage(page.pagination?.nextResults ?? undefined, seen)
      if (path === undefined) return { badges, cursor: timestamp }
      page = await readChanges({ path }, options)
    }
  }

  async function timeThere(options: CallOptions): Promise<string> {
    const query = { since: api.now().toISOString(), num: '1' }
    return (await readChanges({ path: changed, query }, options)).timestamp
  }

  async function readChanges(
    where: Pick<Question, 'path' | 'query'>,
    options: CallOptions,
  ): Promise<ChangesPage> {
    const what = 'the request for changes'
    const answer = await api.ask({ what, missing: 'other', ...where, ...options })
    const parsed = changesSchema.safeParse(answer.json)
    if (!parsed.success) throw unexpectedAnswer(api.name, what, answer)
    return parsed.data
  }

  return { issue, revoke, get, findByRecipient, pollChanges }
}
