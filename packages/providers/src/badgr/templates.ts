import type { CallOptions, ProviderTemplate } from '../provider.js'
import { ProviderError } from '../provider-error.js'
import type { Api } from './api.js'
import { type BadgeClass, badgeClassSchema, toTemplate } from './entities.js'

/** How long the end that a badge class gives its badges is taken to be the same. */
const freshMs = 300_000

/** The badge classes of one issuer. */
export function createTemplates(api: Api, issuerId: string) {
  const rules = new Map<string, { readonly rule: BadgeClass['expires']; readonly at: number }>()

  async function find(id: string, options: CallOptions): Promise<BadgeClass | undefined> {
    const path = ['badgeclasses', id]
    const question = { what: 'the request for a badge class', path, ...options }
    const badgeClass = await api.find(question, badgeClassSchema)
    // An account may work for several issuers; the badges of the others are not ours to give.
    const isOurs = (badgeClass?.issuer ?? issuerId) === issuerId
    return isOurs ? badgeClass : undefined
  }

  async function* list(options: CallOptions = {}): AsyncGenerator<readonly ProviderTemplate[]> {
    const path = ['issuers', issuerId, 'badgeclasses']
    const query = { num: '100' }
    const question = { what: 'the request for badge classes', path, query, ...options }
    for await (const page of api.pages(question, badgeClassSchema)) yield page.map(toTemplate)
  }

  /** The rule for the end of a badge. No badge is issued before it is known. */
  async function ruleOf(id: string, options: CallOptions): Promise<BadgeClass['expires']> {
    const known = rules.get(id)
    const now = api.now().getTime()
    if (known !== undefined && now - known.at < freshMs) return known.rule
    const badgeClass = await find(id, options).catch((error) => {
      throw neverIssued(error)
    })
    if (badgeClass === undefined) {
      const message = `${api.name} has no badge class ${id} of this issuer, or does not show it to this account.`
      throw new ProviderError(message, { kind: 'refused', reason: 'template-unavailable' })
    }
    rules.set(id, { rule: badgeClass.expires, at: now })
    return badgeClass.expires
  }

  async function get(id: string, options: CallOptions = {}): Promise<ProviderTemplate | undefined> {
    const badgeClass = await find(id, options)
    return badgeClass && toTemplate(badgeClass)
  }

  return { list, get, ruleOf }
}

export type Templates = ReturnType<typeof createTemplates>

/** What got no answer was only a question: the order was not sent. */
function neverIssued(error: unknown): unknown {
  if (!(error instanceof ProviderError) || error.kind !== 'unanswered') return error
  return new ProviderError(error.message, { kind: 'unreachable', cause: error })
}
