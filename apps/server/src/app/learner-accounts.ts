import { createBackpack } from '../features/backpack/backpack.js'
import {
  badgeEndorsementRoutes,
  createBadgeEndorsements,
  personalEndorsementRoutes,
} from '../features/badge-endorsements/badge-endorsements.js'
import { isGivenTo, releaseUnproven } from '../features/badge-imports/badge-imports.js'
import {
  accountRoutes,
  createAccountErasure,
  createAddresses,
  createConfirmation,
  createSignInLinks,
  signInLinkRoutes,
} from '../features/learner-accounts/learner-accounts.js'
import {
  createLetters,
  createUnsubscribing,
  mailChoiceRoutes,
  unsubscribeRoutes,
} from '../features/letters-to-learners/letters-to-learners.js'
import { createAttemptLimit } from '../features/sessions/sessions.js'
import type { HttpServer } from '../http/http-server.js'
import type { LearnerPart, LearnerParts } from './learner-part.js'

/** How many letters and links one address may ask for or try in a minute. */
const triesPerMinute = 30

/** Accounts of learners: addresses, sign-in by mail, letters about badges. */
export function createLearnerAccounts(parts: LearnerParts): LearnerPart {
  const { db, now, urls, people } = parts
  const { sessions, cookie, installation, mailer, look, addressProven } = people.doors
  const { learners: settings } = parts.settings.config
  const { mayMakeAccounts } = settings
  const baseUrl = urls.base
  const unsubscribing = createUnsubscribing({ db, baseUrl })
  const letters = createLetters({ db, now, urls, mailer, look, unsubscribing, settings })
  const linked = { db, now, baseUrl, mailer, look }
  const proving = { ...linked, addressProven }
  const links = createSignInLinks({ ...proving, sessions, mayMakeAccounts })
  const addresses = createAddresses({ ...linked, isGivenTo, addressGone: releaseUnproven })
  const confirmation = createConfirmation(proving)
  const erasure = createAccountErasure({ db })
  const { issuers } = parts
  const endorsements = createBadgeEndorsements({ ...linked, urls, issuers, unsubscribing })
  const { ofIds: badgesOf } = createBackpack(parts)

  function routes(server: HttpServer): void {
    mailChoiceRoutes(server, { db })
    server.register(async (scope) => {
      const limit = await createAttemptLimit(scope, triesPerMinute)
      signInLinkRoutes(scope, { db, installation, cookie, limit, links })
      badgeEndorsementRoutes(scope, { db, urls, endorsements, badgesOf, limit })
      accountRoutes(scope, { addresses, confirmation, erasure, cookie, limit })
    })
  }

  return {
    routes,
    publicRoutes: (scope) => personalEndorsementRoutes(scope, { db }),
    foreignRoutes: (server) => unsubscribeRoutes(server, unsubscribing),
    granted: letters.granted,
    tasks: { ...links.tasks, ...addresses.tasks, ...letters.tasks, ...endorsements.tasks },
    schedule: letters.schedule,
  }
}
