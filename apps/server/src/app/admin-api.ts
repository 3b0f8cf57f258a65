import type { Config } from '../config/config.js'
import type { Db } from '../db/database.js'
import { appearanceRoutes } from '../features/appearance/appearance.js'
import { auditRoutes } from '../features/audit/audit-routes.js'
import { awardImportRoutes } from '../features/award-imports/award-import-routes.js'
import { createAwardImports } from '../features/award-imports/award-imports.js'
import { awardRoutes } from '../features/awards/award-routes.js'
import { type Consequences, createAwards, createAwardViews } from '../features/awards/awards.js'
import { type Credentials, reissueRoutes } from '../features/credentials/credentials.js'
import { deadLetterRoutes } from '../features/dead-letters/dead-letter-routes.js'
import { createDeadLetters } from '../features/dead-letters/dead-letters.js'
import {
  createEndorsementImport,
  createEndorsements,
  endorsementApiRoutes,
} from '../features/endorsements/endorsements.js'
import { eventRoutes } from '../features/events/event-routes.js'
import { listEventsOfLearner } from '../features/events/events.js'
import { ingestRoutes } from '../features/events/ingest-routes.js'
import { insightRoutes } from '../features/insights/insights.js'
import { issuanceRoutes } from '../features/issuances/issuance-routes.js'
import { createIssuanceViews } from '../features/issuances/issuance-views.js'
import { issuerApiRoutes } from '../features/issuers/issuer-api-routes.js'
import type { Issuers } from '../features/issuers/issuers.js'
import { learnerDataRoutes } from '../features/learner-data/learner-data.js'
import { learnerRoutes } from '../features/learners/learner-routes.js'
import { noticeRoutes } from '../features/notices/notice-routes.js'
import { createNoticeViews } from '../features/notices/notices.js'
import { operationRoutes } from '../features/operations/operation-routes.js'
import { organizationRoutes } from '../features/organizations/organization-routes.js'
import { createOrganizations } from '../features/organizations/organizations.js'
import { pathwayRoutes } from '../features/pathways/pathways.js'
import type { ProgressConsumer } from '../features/progress/progress.js'
import { progressRoutes } from '../features/progress/progress-routes.js'
import { createProgressViews } from '../features/progress/progress-views.js'
import { createReaction } from '../features/progress/react-to-awards.js'
import { providerAccountRoutes } from '../features/provider-accounts/account-routes.js'
import { providerEventRoutes } from '../features/provider-events/provider-event-routes.js'
import { providerTemplateRoutes } from '../features/provider-templates/provider-template-routes.js'
import { createProviderTemplateViews } from '../features/provider-templates/provider-templates.js'
import { signalRoutes } from '../features/signals/signal-routes.js'
import {
  createVersionViews,
  templateVersionRoutes,
} from '../features/template-versions/template-versions.js'
import { templateImageRoutes } from '../features/templates/image-routes.js'
import { ruleRoutes } from '../features/templates/rule-routes.js'
import { templateRoutes } from '../features/templates/template-routes.js'
import {
  type ActiveRulesHolder,
  createRuleCatalogue,
  createTemplates,
  createTemplateViews,
  raiseRuleVersion,
} from '../features/templates/templates.js'
import { tokenRoutes } from '../features/tokens/token-routes.js'
import { createVerifier } from '../features/verifier/verifier.js'
import { type HttpServer, sessionCookieOf } from '../http/http-server.js'
import { documentApi } from '../http/openapi.js'
import type { PublicUrls } from '../http/public-urls.js'
import type { Accounts } from './accounts.js'
import type { OpenBackfills } from './backfills.js'
import type { LearnerSide } from './learner-side.js'
import type { Operations } from './operations.js'
import type { Providers } from './providers.js'
import type { Site } from './site.js'
import type { Sources } from './sources.js'

type Parts = Site & {
  readonly config: Config
  readonly db: Db
  readonly now: () => Date
  readonly urls: PublicUrls
  readonly rules: ActiveRulesHolder
  readonly consequences: Consequences
  readonly progress: ProgressConsumer
  readonly configuredTypes: ReadonlySet<string>
  readonly issuers: Issuers
  readonly credentials: Credentials
  readonly providers: Providers
  readonly people: Pick<Accounts, 'routes'>
  readonly operations: Pick<Operations, 'routes'>
  readonly backfills: OpenBackfills
  readonly learnerSide: Pick<LearnerSide, 'routes'>
  readonly retryAll: Parameters<typeof issuanceRoutes>[1]['retryAll']
}

/** What administrators and integrators use: the API, the ingestion of events, health and metrics. */
export function createAdminApi(parts: Parts) {
  const { config, db, now, urls, rules, consequences, configuredTypes } = parts
  // Rules may name our own awards whatever is configured: badges are built on badges.
  const internal = ['awarded', 'revoked'].map((what) => `org.openedx.learning.badge.${what}.v1`)
  const types = [...new Set([...config.badges.events, ...internal])]
  const catalogue = createRuleCatalogue(types, config.badges.ignoredKeyPaths)
  const organizations = createOrganizations({ db, raiseRuleVersion })
  const templates = createTemplates({ db, catalogue, now, aftermath: parts.backfills })
  const templateViews = createTemplateViews({ db, urls })
  const reaction = createReaction({ rules, consequences, now })
  const awards = createAwards({ db, consequences, now, reaction })
  const { grantMany } = awards
  const imports = createAwardImports({ db, now, grantMany, holdRules: reaction.prepare })
  const issuanceViews = createIssuanceViews({ db })
  const awardViews = createAwardViews({ db, urls, now, issuancesOf: issuanceViews.ofAward })
  const progressViews = createProgressViews({ db })
  const events = {
    db,
    badgesEnabled: config.badgesEnabled,
    configuredTypes,
    apply: parts.progress.applyDecoded,
  }
  const deadLetters = createDeadLetters({ ...events, now })

  function documented(scope: HttpServer, sources: Sources): void {
    organizationRoutes(scope, { db, organizations })
    issuerApiRoutes(scope, { db, issuers: parts.issuers, keyRevoked: parts.credentials.keyRevoked })
    templateRoutes(scope, { templates, views: templateViews, catalogue })
    ruleRoutes(scope, { templates, views: templateViews })
    const { store: storeImage } = parts.images
    templateImageRoutes(scope, { templates, views: templateViews, storeImage })
    const versions = createVersionViews({ db })
    templateVersionRoutes(scope, { versions, templates, templateViews, images: parts.images })
    progressRoutes(scope, { views: progressViews })
    awardRoutes(scope, {
      db,
      now,
      awards,
      views: awardViews,
      reissue: parts.credentials.reissuing.reissueAward,
    })
    reissueRoutes(scope, parts.credentials.reissuing)
    const endorsements = createEndorsements(parts)
    // Turns of its own: strangers do not keep an administrator waiting.
    const { judge } = createVerifier({ ...sources, urls, now })
    const importEndorsement = createEndorsementImport({ db, urls, now, judge })
    endorsementApiRoutes(scope, { db, urls, endorsements, importEndorsement })
    providerAccountRoutes(scope, { providerAccounts: parts.providers.providerAccounts })
    issuanceRoutes(scope, { views: issuanceViews, retryAll: parts.retryAll })
    const providerTemplateViews = createProviderTemplateViews({ db })
    providerTemplateRoutes(scope, {
      views: providerTemplateViews,
      sync: parts.providers.providerTemplates.sync,
    })
    providerEventRoutes(scope, { db })
    learnerRoutes(scope, {
      db,
      progressOfLearner: progressViews.ofLearner,
      awardsOfLearner: awardViews.ofLearner,
      eventsOfLearner: (asked, reach) => listEventsOfLearner(db, asked, reach),
    })
    learnerDataRoutes(scope, parts)
    awardImportRoutes(scope, { db, imports })
    eventRoutes(scope, { db })
    ingestRoutes(scope, events)
    deadLetterRoutes(scope, { db, deadLetters })
    signalRoutes(scope, { db })
    noticeRoutes(scope, { notices: parts.providers.notices, views: createNoticeViews({ db }) })
    auditRoutes(scope, { db })
    tokenRoutes(scope, { db })
    parts.people.routes(scope)
    parts.operations.routes(scope)
    parts.backfills.routes(scope, catalogue)
    insightRoutes(scope, parts.insights)
    pathwayRoutes(scope, parts.pathways)
    appearanceRoutes(scope, parts.appearances)
    parts.learnerSide.routes(scope, sources)
  }

  function routes(server: HttpServer, sources: Sources): void {
    operationRoutes(server, { db })
    documentApi(server, sessionCookieOf(urls.base))
    server.register(async (scope) => documented(scope, sources))
  }

  return { routes, templates, awards, holdRules: reaction.prepare, tasks: imports.tasks }
}
