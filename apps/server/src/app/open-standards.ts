import {
  applicationRoutes,
  createConsent,
  createOAuthHost,
  oauthRoutes,
} from '../features/oauth-host/oauth-host.js'
import type { LearnerPart, LearnerParts } from './learner-side.js'

/** Badge Connect, the Open Badges API and wallets. */
export function createOpenStandards(parts: LearnerParts): LearnerPart {
  const { db, urls } = parts
  const host = createOAuthHost(parts)
  const consent = createConsent({ db, host })
  return {
    routes(scope) {
      applicationRoutes(scope, { host, consent })
    },
    foreignRoutes(server) {
      oauthRoutes(server, { host, urls })
    },
    tasks: host.tasks,
    schedule: host.schedule,
  }
}
