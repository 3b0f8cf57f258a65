import { createPasswordCheck, createProfile, createResets } from '../features/accounts/accounts.js'
import { createBackpack } from '../features/backpack/backpack.js'
import { createBadgeImports } from '../features/badge-imports/badge-imports.js'
import {
  type ApiDeps,
  type BackpackDoor,
  badgrApiRoutes,
  createClasses,
  createIssuerChanges,
  createIssuing,
  createOwn,
} from '../features/badgr-api/badgr-api.js'
import {
  createBadgrTokens,
  createCallers,
  createProgramSignIn,
  oauthRoutes,
} from '../features/badgr-auth/badgr-auth.js'
import { badgrV1Routes } from '../features/badgr-v1/badgr-v1.js'
import { createCollections } from '../features/collections/collections.js'
import { legacyLmsRoutes } from '../features/legacy-lms/legacy-lms.js'
import {
  queueLetter,
  withholdLetters,
} from '../features/letters-to-learners/letters-to-learners.js'
import type { HttpServer } from '../http/http-server.js'
import type { Deciding, LearnerPart, LearnerParts } from './learner-part.js'
import type { Sources } from './sources.js'

/** What software speaks that was written for Badgr. */
export function createBadgr(parts: LearnerParts): LearnerPart {
  const { db, now, people } = parts
  const tokens = createBadgrTokens({ db, now })
  const checkPassword = createPasswordCheck({ db, now })
  const { authenticate, holder } = people.tokens
  const signIn = createProgramSignIn({ db, checkPassword, authenticate, tokens })
  const callers = createCallers({ db, tokens, holderOfToken: holder })
  const profile = createProfile({ db, now, checkPassword })

  function foreignRoutes(server: HttpServer, sources: Sources, deciding: Deciding): void {
    const { issuers, credentials, urls } = parts
    const { store: storeImage } = parts.images
    const deps: ApiDeps = {
      ...{ db, now, urls, callers, tokens },
      awards: deciding.awards,
      classes: createClasses({ db, now, templates: deciding.templates, storeImage }),
      issuing: createIssuing({ ...deciding, db, now, credentials, letters }),
      issuerChanges: createIssuerChanges({ db, issuers, storeImage }),
      reissue: credentials.reissuing.reissueAward,
      own: createOwn({ db, urls, profile, resets: resetsOf(parts) }),
      backpack: openBackpack(parts, sources),
      collections: createCollections(parts),
    }
    oauthRoutes(server, { signIn, tokens })
    badgrApiRoutes(server, deps)
    badgrV1Routes(server, { ...deps, signIn })
    legacyLmsRoutes(server, deps)
  }

  return { foreignRoutes, tasks: tokens.tasks, schedule: tokens.schedule }
}

// The software says with each award whether a letter is wanted.
const letters: Parameters<typeof createIssuing>[0]['letters'] = {
  async write(tx, awardIds) {
    for (const awardId of awardIds) await queueLetter(tx, awardId, { even: true })
  },
  withhold: withholdLetters,
}

function resetsOf({ settings, db, now, people }: LearnerParts) {
  const { mailer, look, addressProven } = people.doors
  const { baseUrl } = settings.config.http
  return createResets({ db, now, baseUrl, mailer, look, addressProven })
}

function openBackpack(parts: LearnerParts, sources: Sources): BackpackDoor {
  const { accept, reject, remove } = createBackpack(parts)
  const { importBadge } = createBadgeImports({ ...parts, ...sources })
  return {
    accept,
    reject,
    remove,
    importBadge: (userId, { url, image, assertion }) =>
      importBadge(userId, { content: url ?? image ?? assertion, source: 'badgr-api' }),
  }
}
