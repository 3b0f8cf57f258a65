import type { AccountFacts, CallOptions, Capabilities, Provider } from '../provider.js'
import { createApi } from './api.js'
import { createBadges } from './badges.js'
import { batchMost, createBatches } from './batches.js'
import { issuerSchema } from './entities.js'
import type { BadgrDeps, BadgrOptions } from './options.js'
import { createTemplates } from './templates.js'

const capabilities: Capabilities = {
  revocation: 'revoke',
  reissue: 'anew',
  changes: 'polling',
  batchMost,
  // A badge is public from the start; accepting it only shows it in the learner's own backpack.
  needsAcceptance: false,
  // No server says its limits; a known connector keeps to 100 calls in 60 seconds.
  rateLimit: { burst: 20, perSecond: 1.6, countedBy: 'account', source: 'assumed' },
  evidence: true,
  locales: [],
  expiry: 'time',
  ownId: false,
  quiet: true,
  requires: ['email'],
}

/**
 * Servers with the API of Badgr v2: Parchment Digital Badges, Canvas Credentials, Badgr Server on a host
 * of one's own, and what is compatible with them.
 *
 * @example
 * ```ts
 * const badgr = createBadgr({
 *   baseUrl: 'https://api.badgr.io',
 *   issuerId,
 *   credentials: { kind: 'password', username, password },
 * })
 * ```
 */
export function createBadgr(options: BadgrOptions, deps: BadgrDeps = {}) {
  const { issuerId } = options
  const api = createApi(options, deps)
  const templates = createTemplates(api, issuerId)
  const badges = createBadges(api, issuerId, templates)

  async function testConnection(callOptions: CallOptions = {}): Promise<AccountFacts> {
    const path = ['issuers', issuerId]
    const what = `the request for the issuer ${issuerId}`
    const { name } = await api.one({ what, path, ...callOptions }, issuerSchema)
    return { name, keyExpiresAt: null, credits: null }
  }

  return {
    kind: 'badgr',
    capabilities,
    testConnection,
    listTemplates: templates.list,
    getTemplate: templates.get,
    issue: badges.issue,
    revoke: badges.revoke,
    getBadge: badges.get,
    findByRecipient: badges.findByRecipient,
    pollChanges: badges.pollChanges,
    ...createBatches(api, templates),
  } satisfies Provider
}

export type BadgrProvider = ReturnType<typeof createBadgr>
