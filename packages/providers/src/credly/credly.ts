import type {
  CallOptions,
  Capabilities,
  Order,
  Provider,
  ProviderBadge,
  ProviderEvent,
} from '../provider.js'
import { eventPage, oneEvent, oneTemplate, templatePage } from './credly-answers.js'
import { createCredlyApi } from './credly-api.js'
import { createBadgeCalls } from './credly-badges.js'
import { unlessMissing } from './credly-errors.js'
import { createKeyCalls } from './credly-keys.js'
import { credlyLocales } from './credly-locale.js'
import { toEvent, toTemplate } from './credly-mapping.js'
import type { CredlyDeps, CredlyOptions } from './credly-options.js'

/** What Credly can do beyond what every provider can. */
export interface Credly extends Provider {
  /** The organizations that the key may see. */
  listOrganizations(
    options?: CallOptions,
  ): Promise<readonly { readonly id: string; readonly name: string }[]>
  /** One request for many badges, at most `capabilities.batchMost`; the answer is in the same order. */
  issueBatch(orders: readonly Order[], options?: CallOptions): Promise<readonly ProviderBadge[]>
  /** Puts a new badge in the place of this one; the old one ends. */
  replaceBadge(id: string, order: Order, options?: CallOptions): Promise<ProviderBadge>
  /** Erases a badge for good, as data protection may demand. */
  deleteBadge(id: string, options?: CallOptions): Promise<void>
  /** All pages, in batches as they come. */
  listEvents(options?: CallOptions): AsyncIterable<readonly ProviderEvent[]>
}

const capabilities: Capabilities = {
  revocation: 'revoke',
  reissue: 'anew',
  changes: 'webhook',
  batchMost: 50,
  needsAcceptance: true,
  rateLimit: { burst: 20, perSecond: 5, countedBy: 'account', source: 'assumed' },
  evidence: true,
  locales: credlyLocales,
  expiry: 'time',
  ownId: false,
  quiet: true,
  requires: ['email', 'name'],
}

/** Issues badges of one organization at Credly. */
export function createCredly(options: CredlyOptions, deps: CredlyDeps = {}): Credly {
  const now = deps.now ?? (() => new Date())
  const api = createCredlyApi(options, { ...deps, now })
  const { webBaseUrl } = options

  return {
    kind: 'credly',
    capabilities,
    ...createKeyCalls(api, options),
    ...createBadgeCalls(api, { webBaseUrl, now, batchMost: capabilities.batchMost }),

    async *listTemplates({ signal } = {}) {
      const url = api.ofOrganization('badge_templates')
      for await (const page of api.pages(templatePage, { url, signal })) yield page.map(toTemplate)
    },

    async getTemplate(id, { signal } = {}) {
      const answer = await unlessMissing(async () => {
        const url = api.ofOrganization('badge_templates', id)
        return await api.read(oneTemplate, { method: 'GET', url, signal })
      })
      return answer && toTemplate(answer.data)
    },

    async getEvent(id, { signal } = {}) {
      const answer = await unlessMissing(async () => {
        const url = api.ofOrganization('events', id)
        return await api.read(oneEvent, { method: 'GET', url, signal })
      })
      return answer && toEvent(answer.data)
    },

    async *listEvents({ signal } = {}) {
      const url = api.ofOrganization('events')
      for await (const page of api.pages(eventPage, { url, signal })) yield page.map(toEvent)
    },
  }
}
