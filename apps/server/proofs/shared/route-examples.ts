import { randomUUID } from 'node:crypto'
import { passingType } from './grades.js'
import { learnerRouteExamples } from './learner-route-examples.js'
import { body, by, type Example, type Known, none, query } from './route-example.js'

const ofKey = (more: Omit<Example, 'params'>): Example => ({
  params: (of) => ({ id: of.issuer, kid: of.kid }),
  ...more,
})
const ofPart = (part: string): Example => ({ params: (of) => ({ id: of.draft, part }) })
const ofAwards = (of: Known) => ({
  organizationId: of.organization,
  templateId: of.template,
  learnerId: of.learner,
})
const ofAccount = query((of) => ({ accountId: of.account }))
const ofVersion: Example = { params: (of) => ({ id: of.template, number: '2' }) }
const ofMember = (more: Omit<Example, 'params'>): Example => ({
  params: (of) => ({ id: of.organization, userId: of.member }),
  fresh: ['member'],
  ...more,
})
const onMap = (of: Known) => ({
  badges: [{ templateId: of.template, isMilestone: false }, { templateId: of.draft }],
  links: [{ from: of.template, to: of.draft }],
})
const tried = (of: Known) => ({
  organizationId: of.organization,
  templateId: of.draft,
  rules: { requirements: [{ eventType: passingType }], penalties: [] },
})
const insight = (): Example => ({
  ...query((of) => ({ organizationId: of.organization, templateId: of.template })),
})
const endorsing = (subject: (of: Known) => object) =>
  body((of) => ({ issuerId: of.otherIssuer, subject: subject(of), comment: 'Astral agrees.' }))

const awardedType = 'org.openedx.learning.badge.awarded.v1'
const afterBadge = (of: Known) => ({
  eventType: awardedType,
  dataRules: [{ keyPath: 'template.uuid', operator: 'eq', value: of.template }],
})
const picture =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M1 1h7v7z"/></svg>'
const templates = '/api/v1/badge-templates'
const accounts = '/api/v1/provider-accounts'
const imports = (method: string, path = '') => `${method} /api/v1/award-imports${path}`

/** One line for each route that says who may use it; without one the walk through all of them fails. */
export const routeExamples: Readonly<Record<string, Example>> = {
  'GET /api/v1/organizations': none,
  'POST /api/v1/organizations': body(() => ({ name: `Astral ${randomUUID()}` })),
  'GET /api/v1/organizations/:id': by('organization'),
  'PATCH /api/v1/organizations/:id': by('organization', { body: () => ({ name: 'Astral Two' }) }),
  'DELETE /api/v1/organizations/:id': by('organization'),

  'GET /api/v1/issuers': query((of) => ({ organizationId: of.organization })),
  'POST /api/v1/issuers': body((of) => ({
    organizationId: of.organization,
    name: 'Astral New',
    url: 'https://astral.example',
  })),
  'GET /api/v1/issuers/:id': by('issuer'),
  'PATCH /api/v1/issuers/:id': by('issuer', {
    body: () => ({ description: 'Astral, of course.' }),
  }),
  'POST /api/v1/issuers/:id/keys': by('otherIssuer', { body: () => ({ algorithm: 'P-256' }) }),
  'POST /api/v1/issuers/:id/keys/:kid/revocation': ofKey({ body: () => ({ reason: 'Lost.' }) }),
  'POST /api/v1/issuers/:id/reissue': by('issuer', {
    body: (of) => ({ keyId: of.kid, templateId: of.template }),
  }),
  'GET /api/v1/issuers/:id/reissues': by('issuer'),
  'GET /api/v1/issuers/:id/keys/:kid/badges': ofKey({}),

  'GET /api/v1/event-types': none,
  [`GET ${templates}`]: query((of) => ({ organizationId: of.organization })),
  [`POST ${templates}`]: body((of) => ({
    organizationId: of.organization,
    issuerId: of.issuer,
    providerTemplateId: of.providerTemplate,
    name: 'Astral New',
  })),
  [`GET ${templates}/:id`]: by('template'),
  [`PATCH ${templates}/:id`]: by('template', {
    body: (of) => ({ issuerId: of.issuer, providerTemplateId: of.providerTemplate }),
  }),
  [`DELETE ${templates}/:id`]: by('template'),
  [`POST ${templates}/:id/activation`]: by('template'),
  [`POST ${templates}/:id/deactivation`]: by('template'),
  [`POST ${templates}/:id/archival`]: by('template'),
  [`GET ${templates}/:id/file`]: by('template'),
  'GET /api/v1/template-files': query((of) => ({ organizationId: of.organization })),
  'POST /api/v1/template-files': {
    query: (of) => ({ organizationId: of.organization, issuerId: of.issuer }),
    body: (of) => ({ id: 'x', name: 'Astral File', requirements: [afterBadge(of)] }),
    mayNameForeign: true,
  },
  [`PUT ${templates}/:id/rules`]: by('draft', {
    body: (of) => ({ requirements: [afterBadge(of)], penalties: [] }),
    mayNameForeign: true,
  }),
  [`POST ${templates}/:id/requirements`]: by('draft', { body: afterBadge, mayNameForeign: true }),
  [`DELETE ${templates}/:id/requirements/:part`]: ofPart('r1'),
  [`POST ${templates}/:id/penalties`]: by('draft', {
    body: () => ({ eventType: passingType, dataRules: [], requirements: [] }),
  }),
  [`DELETE ${templates}/:id/penalties/:part`]: ofPart('p1'),
  [`PUT ${templates}/:id/image`]: by('template', {
    body: () => picture,
    contentType: 'image/svg+xml',
  }),
  [`DELETE ${templates}/:id/image`]: by('template'),
  [`GET ${templates}/:id/progress`]: by('template'),
  [`POST ${templates}/:id/awards`]: by('template', { body: (of) => ({ learnerId: of.learner }) }),

  'GET /api/v1/template-tags': query((of) => ({ organizationId: of.organization })),
  [`GET ${templates}/:id/standing`]: by('template'),
  [`POST ${templates}/:id/duplicate`]: by('template'),
  [`GET ${templates}/:id/versions`]: by('template'),
  [`GET ${templates}/:id/versions/:number`]: ofVersion,
  [`GET ${templates}/:id/versions/:number/image`]: ofVersion,
  [`POST ${templates}/:id/versions/:number/restore`]: ofVersion,
  [`GET ${templates}/:id/backfills`]: by('template'),
  [`POST ${templates}/:id/backfills`]: by('template', { body: () => ({ kind: 'preview' }) }),
  'GET /api/v1/backfills': query((of) => ({
    templateId: of.template,
    organizationId: of.organization,
  })),
  'GET /api/v1/backfills/:id': by('backfill'),
  'GET /api/v1/backfills/:id/changes': by('backfill'),
  'POST /api/v1/backfills/:id/cancel': by('backfill'),

  'GET /api/v1/awards': query(ofAwards),
  'GET /api/v1/awards/:id': by('award'),
  'PATCH /api/v1/awards/:id': by('award', { body: () => ({ showsName: true }) }),
  'POST /api/v1/awards/:id/revocation': by('award', { body: () => ({ reason: 'A mistake.' }) }),
  'POST /api/v1/awards/:id/reissue': by('award'),
  'GET /api/v1/awards/:id/history': by('award'),
  'GET /api/v1/awards/file': query(ofAwards),
  'POST /api/v1/awards/revocations': {
    ...body((of) => ({ ids: [of.award], reason: 'A mistake.' })),
    variants: [body((of) => ({ filter: ofAwards(of), reason: 'No.' }))],
  },
  'POST /api/v1/awards/reissues': {
    ...body((of) => ({ ids: [of.award] })),
    variants: [body((of) => ({ filter: ofAwards(of) }))],
  },

  [imports('GET')]: query((of) => ({ organizationId: of.organization })),
  [imports('POST')]: {
    query: (of) => ({ organizationId: of.organization, templateId: of.template }),
    body: (of) => `email,template\nada@learners.example,${of.template}\n`,
    contentType: 'text/csv',
  },
  [imports('GET', '/:id')]: by('awardImport'),
  [imports('GET', '/:id/rows')]: by('awardImport'),
  [imports('GET', '/:id/file')]: by('awardImport'),
  [imports('PUT', '/:id')]: by('awardImport', { body: (of) => ({ templateId: of.template }) }),
  [imports('POST', '/:id/run')]: by('awardImport'),
  [imports('POST', '/:id/cancellation')]: by('awardImport'),
  [imports('DELETE', '/:id')]: by('awardImport', { fresh: ['awardImport'] }),

  'GET /api/v1/endorsements': {
    ...query((of) => ({ issuerId: of.otherIssuer })),
    variants: [query((of) => ({ aboutIssuerId: of.issuer }))],
  },
  'POST /api/v1/endorsements': {
    ...endorsing((of) => ({ badgeTemplateId: of.template })),
    variants: [endorsing((of) => ({ issuerId: of.issuer }))],
  },
  'POST /api/v1/endorsements/import': body(() => ({ endorsement: '{}' })),
  'GET /api/v1/endorsements/:id': by('endorsement'),
  'POST /api/v1/endorsements/:id/withdrawal': by('endorsement'),

  [`GET ${accounts}`]: query((of) => ({ organizationId: of.organization })),
  [`POST ${accounts}`]: body((of) => ({
    organizationId: of.organization,
    issuerId: of.issuer,
    provider: 'credly',
    name: 'Astral New',
    externalId: randomUUID(),
    credentials: { kind: 'token', token: 'key' },
    skipTest: true,
  })),
  [`GET ${accounts}/:id`]: by('account'),
  [`PATCH ${accounts}/:id`]: by('account', { body: (of) => ({ issuerId: of.issuer }) }),
  [`DELETE ${accounts}/:id`]: by('account'),
  [`POST ${accounts}/:id/test`]: by('account'),
  [`POST ${accounts}/:id/rotate-key`]: by('account'),
  [`PUT ${accounts}/:id/webhook-secret`]: by('account'),
  [`DELETE ${accounts}/:id/webhook-secret`]: by('account'),
  [`POST ${accounts}/:id/pause`]: by('account'),
  [`POST ${accounts}/:id/resume`]: by('account'),
  [`POST ${accounts}/:id/sync`]: by('account'),
  'GET /api/v1/provider-templates': query((of) => ({
    accountId: of.account,
    organizationId: of.organization,
  })),
  'GET /api/v1/provider-templates/:id': by('providerTemplate'),
  'GET /api/v1/provider-events': query((of) => ({ accountId: of.account })),

  'GET /api/v1/issuances': {
    ...query(ofAwards),
    variants: [ofAccount],
  },
  'GET /api/v1/issuances/counts': query((of) => ({ organizationId: of.organization })),
  'GET /api/v1/issuances/file': { ...query(ofAwards), variants: [ofAccount] },
  'GET /api/v1/issuances/:id': by('issuance'),
  'POST /api/v1/issuances/retry': {
    ...body((of) => ({ ids: [of.issuance] })),
    variants: [
      body((of) => ({ accountId: of.account })),
      body((of) => ({ templateId: of.template, organizationId: of.organization })),
      body((of) => ({ ids: [of.issuance], dryRun: true })),
    ],
  },
  'POST /api/v1/issuances/:id/retry': by('issuance'),

  'GET /api/v1/notices': none,
  'POST /api/v1/notices/:id/resolve': by('notice'),

  'GET /api/v1/learners': query((of) => ({ organizationId: of.organization })),
  'GET /api/v1/learners/file': query((of) => ({ organizationId: of.organization })),
  'PATCH /api/v1/learners/:id': by('learner', { body: () => ({ name: 'Ada Lovelace' }) }),
  'GET /api/v1/learners/:id/file': by('learner'),
  'POST /api/v1/learners/:id/recompute': by('learner'),
  'POST /api/v1/learners/:id/erasure': by('learner', { body: () => ({ username: 'not-ada' }) }),
  'POST /api/v1/learner-retirements': body(() => ({ username: 'nobody' })),
  'POST /api/v2/replace_usernames': body(() => ({ username_mappings: [] })),
  'POST /api/v1/learners': body(() => ({
    username: `new-${randomUUID()}`,
    email: `${randomUUID()}@learners.example`,
    name: 'Newcomer',
  })),
  'GET /api/v1/learners/:id': by('learner'),
  'GET /api/v1/learners/:id/progress': by('learner'),
  'GET /api/v1/learners/:id/events': by('learner'),
  'GET /api/v1/events': none,
  'GET /api/v1/events/:id': by('event'),
  'POST /events': {
    body: () => ({
      specversion: '1.0',
      type: passingType,
      source: '/lms',
      id: 'none',
      time: '2026-03-02T10:00:00Z',
      data: {},
    }),
    contentType: 'application/cloudevents+json',
  },

  'GET /api/v1/signals': none,
  'GET /api/v1/dead-letters': none,
  'GET /api/v1/dead-letters/counts': none,
  'GET /api/v1/dead-letters/:id': by('deadLetter'),
  'POST /api/v1/dead-letters/replays': body(() => ({ reason: 'undecodable' })),
  'POST /api/v1/dead-letters/:id/replay': by('deadLetter'),
  'POST /api/v1/dead-letters/:id/discard': by('deadLetter'),
  'GET /api/v1/audit-log': query((of) => ({ organizationId: of.organization })),
  'GET /api/v1/audit-log/file': query((of) => ({ organizationId: of.organization })),

  'GET /api/v1/tokens': query((of) => ({ organizationId: of.organization })),
  'POST /api/v1/tokens': body((of) => ({
    name: 'Astral importer',
    organizationId: of.organization,
    permissions: ['template:read'],
  })),
  'POST /api/v1/tokens/:id/revocation': by('token'),

  'GET /api/v1/organizations/:id/members': by('organization'),
  'PATCH /api/v1/organizations/:id/members/:userId': ofMember({
    body: () => ({ role: 'staff' }),
  }),
  'DELETE /api/v1/organizations/:id/members/:userId': ofMember({}),
  'GET /api/v1/organizations/:id/invitations': by('organization'),
  'POST /api/v1/organizations/:id/invitations': by('organization', {
    body: () => ({ email: `${randomUUID()}@astral.example`, role: 'viewer' }),
  }),
  'POST /api/v1/invitations/:id/resend': by('invitation', { fresh: ['invitation'] }),
  'DELETE /api/v1/invitations/:id': by('invitation', { fresh: ['invitation'] }),
  'POST /api/v1/invitations/find': body(() => ({ secret: 'none' })),
  'POST /api/v1/invitations/accept': body(() => ({ secret: 'none' })),
  'GET /api/v1/users': none,
  'GET /api/v1/users/:id': by('user'),
  'PATCH /api/v1/users/:id': by('user', { body: () => ({ isDisabled: false }) }),
  'DELETE /api/v1/users/:id': by('user', { fresh: ['user'] }),
  'POST /api/v1/users/:id/reset-link': by('user'),

  'GET /api/v1/dashboard': query((of) => ({ organizationId: of.organization })),
  'GET /api/v1/search': query(() => ({ q: 'Medal' })),
  'GET /api/v1/bus': none,
  'POST /api/v1/bus/outbox/retry': none,
  'GET /api/v1/configuration': none,
  'GET /api/v1/appearance': none,
  'PUT /api/v1/appearance': body(() => ({ name: 'Astral', accent: null })),
  'DELETE /api/v1/appearance': none,
  'PUT /api/v1/appearance/logo': { body: () => picture, contentType: 'image/svg+xml' },
  'DELETE /api/v1/appearance/logo': none,

  'GET /api/v1/pathways': query((of) => ({ organizationId: of.organization })),
  'POST /api/v1/pathways': body((of) => ({
    organizationId: of.organization,
    name: 'Astral New',
    ...onMap(of),
  })),
  'GET /api/v1/pathways/:id': by('pathway'),
  'PATCH /api/v1/pathways/:id': by('pathway', { body: onMap }),
  'DELETE /api/v1/pathways/:id': by('pathway', { fresh: ['pathway'] }),
  'GET /api/v1/pathways/:id/distribution': by('pathway'),
  ...Object.fromEntries(
    ['awards', 'badges', 'courses', 'funnel', 'stops', 'delays', 'public-pages'].flatMap(
      (table) => [
        [`GET /api/v1/insights/${table}`, insight()],
        [`GET /api/v1/insights/${table}/file`, insight()],
      ],
    ),
  ),
  'GET /api/v1/event-values': query(() => ({
    eventType: passingType,
    keyPath: 'course.course_key',
  })),
  'POST /api/v1/rule-previews': body(tried),
  'POST /api/v1/rule-previews/learner': body((of) => ({ ...tried(of), learnerId: of.learner })),

  'GET /auth/:provider': { params: () => ({ provider: 'none' }) },
  'GET /auth/:provider/callback': { params: () => ({ provider: 'none' }) },
  'GET /api/v1/sign-in-options': none,
  'GET /api/v1/session': { isForPeople: true },
  'POST /api/v1/session': body(() => ({ email: 'nobody@astral.example', password: 'wrong' })),
  'DELETE /api/v1/session': none,
  'GET /api/v1/sessions': { isForPeople: true },
  'DELETE /api/v1/sessions': { isForPeople: true },
  'DELETE /api/v1/sessions/:id': { ...by('learner'), isForPeople: true },
  'PATCH /api/v1/profile': { body: () => ({ name: 'Astral Person' }), isForPeople: true },
  'POST /api/v1/profile/password': {
    body: () => ({ currentPassword: 'wrong', password: 'also wrong' }),
    isForPeople: true,
  },
  'POST /api/v1/set-up': body(() => ({
    secret: 'none',
    name: 'Astral Person',
    email: 'person@astral.example',
    password: 'none',
  })),
  'POST /api/v1/password-resets': body(() => ({ email: 'nobody@astral.example' })),
  'POST /api/v1/password-resets/use': body(() => ({ secret: 'none', password: 'none' })),
  'POST /api/v1/verifications': body(() => ({ badge: '{}' })),
  'OPTIONS /api/v1/verifications': none,
  ...learnerRouteExamples,
}
