import { type BadgeImports, createBadgeImports } from '../features/backpack/backpack.js'
import { badgeConnectRoutes } from '../features/badge-connect/badge-connect.js'
import {
  badgeHostRoutes,
  createBadgeHosts,
  hostCallbackRoutes,
} from '../features/badge-hosts/badge-hosts.js'
import {
  applicationRoutes,
  createConsent,
  createOAuthHost,
  oauthDocumentRoutes,
  oauthRoutes,
} from '../features/oauth-host/oauth-host.js'
import { openBadgesRoutes, type TakeIn } from '../features/open-badges-api/open-badges-api.js'
import {
  createWallets,
  walletDocumentRoutes,
  walletOfferRoutes,
  walletRoutes,
} from '../features/wallets/wallets.js'
import type { LearnerPart, LearnerParts } from './learner-part.js'
import type { Sources } from './sources.js'

/** Badge Connect, the Open Badges API and wallets. */
export function createOpenStandards(parts: LearnerParts): LearnerPart {
  const { db, urls } = parts
  const host = createOAuthHost(parts)
  const consent = createConsent({ db, host })
  const wallets = createWallets(parts)
  const { allowedHosts } = parts.settings.config.verifier
  const siteName = () => parts.appearances.brand().name
  const hosts = createBadgeHosts({ ...parts, allowedHosts, siteName })
  return {
    routes(scope, sources) {
      badgeHostRoutes(scope, { hosts, documentAt: createReader(sources) })
      applicationRoutes(scope, { host, consent })
      walletOfferRoutes(scope, { wallets })
    },
    publicRoutes(scope) {
      oauthDocumentRoutes(scope, { urls })
      walletDocumentRoutes(scope, { wallets, urls })
    },
    foreignRoutes(server, sources) {
      const imports = createBadgeImports({ ...parts, ...sources })
      const api = { db, urls, host, documentAt: createReader(sources) }
      oauthRoutes(server, { host, urls })
      openBadgesRoutes(server, { ...api, takeIn: takeInBy(imports, 'open-badges-api') })
      badgeConnectRoutes(server, { ...api, takeIn: takeInBy(imports, 'badge-connect') })
      hostCallbackRoutes(server, { hosts, urls })
      walletRoutes(server, { wallets, urls })
    },
    tasks: { ...host.tasks, ...wallets.tasks },
    schedule: [...host.schedule, ...wallets.schedule],
  }
}

function takeInBy(imports: BadgeImports, source: 'open-badges-api' | 'badge-connect'): TakeIn {
  return async (userId, { content, signal }) => {
    const { outcome, message, code, isReplaced } = await imports.importBadge(userId, {
      content,
      source,
      signal,
    })
    return { outcome: isReplaced ? 'replaced' : outcome, message, code }
  }
}

/** Reads our own documents as everybody is served them. */
function createReader({ here }: Sources) {
  return async (url: string): Promise<string> => {
    const answer = await here(url)
    if (answer === undefined) throw new Error(`${url} is no address of ours.`)
    return Buffer.from(answer.bytes).toString('utf8')
  }
}
