import type {
  BusStatus,
  Configuration,
  Dashboard,
  DeadLetterDetail,
  EventDetail,
  Found,
  Issuer,
  Need,
  ProviderAccount,
} from '@rosette/contract'
import { sampleOrganization } from './console-pages.js'

const id = (number: number) => `5f0c2d3e-7a41-4c58-9d0b-${String(number).padStart(12, '0')}`
const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString()

const bare = {
  count: 1,
  since: null,
  endsAt: null,
  detail: null,
  account: null,
  template: null,
  subject: null,
  subjectId: null,
} as const
const credly = { id: id(1), name: 'University at Credly', provider: 'credly' as const }

const needs: Need[] = [
  {
    ...bare,
    kind: 'account-paused',
    since: minutesAgo(130),
    detail: 'Credly answered 401: the organization token was not accepted',
    account: credly,
  },
  {
    ...bare,
    kind: 'issuances-failed',
    count: 14,
    since: minutesAgo(130),
    detail: '401: the organization token was not accepted',
    account: credly,
    subject: 'stopped',
  },
  {
    ...bare,
    kind: 'dead-letters',
    count: 3,
    since: minutesAgo(3000),
    detail: 'unknown-event-type',
  },
  {
    ...bare,
    kind: 'token-ends',
    endsAt: new Date(Date.now() + 6 * 86_400_000).toISOString(),
    subject: 'Nightly export',
    subjectId: id(9),
  },
  {
    ...bare,
    kind: 'rules-quiet',
    since: minutesAgo(60 * 24 * 40),
    template: { id: id(20), name: 'Introduction to Logic' },
  },
  {
    ...bare,
    kind: 'notice',
    since: minutesAgo(500),
    detail:
      'The badge "Statistics" went to the archive, because its template is not offered at Credly any more.',
    subjectId: id(30),
  },
]

const people = ['Ada Lovelace', 'Alan Turing', 'Katherine Johnson', 'Al-Khwarizmi']
const badges = ['Data Analysis Foundations', 'Algebra', 'Introduction to Logic', 'Statistics']

export const dashboard: Dashboard = {
  days: Array.from({ length: 30 }, (_, at) => ({
    day: new Date(Date.now() - (29 - at) * 86_400_000).toISOString().slice(0, 10),
    events: Math.round(900 + 700 * Math.sin(at / 2.2) ** 2 + at * 9),
    awards: Math.round(6 + 9 * Math.sin(at / 3) ** 2),
    revocations: at % 9 === 4 ? 1 : 0,
    issued: Math.round(5 + 9 * Math.sin(at / 3) ** 2),
  })),
  eventsAreEstimated: true,
  waiting: { queued: 2, issuing: 1, issued: 0, failed: 12, stopped: 2, revoking: 0, revoked: 0 },
  needs,
  latestAwards: people.map((name, at) => ({
    id: id(40 + at),
    template: { id: id(50 + at), name: badges[at] ?? '', updatedAt: minutesAgo(99) },
    learner: { id: id(60 + at), name, username: name.toLowerCase(), email: '' },
    status: at === 3 ? ('revoked' as const) : ('awarded' as const),
    awardedAt: minutesAgo(7 + at * 55),
  })),
  firstSteps: { badge: true, preview: true, activation: true, events: true, colleague: true },
}

export const found: Found[] = [
  {
    kind: 'learner',
    id: id(60),
    title: 'Ada Lovelace',
    detail: 'ada · ada@university.example',
    templateId: null,
    organization: null,
    at: null,
  },
  {
    kind: 'template',
    id: id(50),
    title: 'Data Analysis Foundations',
    detail: 'active',
    templateId: id(50),
    organization: sampleOrganization,
    at: null,
  },
]

const passing = 'org.openedx.learning.course.passing.status.updated.v1'

export const events: EventDetail[] = Array.from({ length: 6 }, (_, at) => ({
  id: id(100 + at),
  type: at === 2 ? 'org.openedx.learning.course.enrollment.created.v1' : passing,
  time: minutesAgo(1 + at * 3),
  source: 'openedx/lms/web',
  lmsUserId: 40 + at,
  receivedAt: minutesAgo(1 + at * 3),
  data: {
    course_passing_status: {
      is_passing: true,
      course: { course_key: 'course-v1:OpenU+Algebra+2026', display_name: 'Algebra' },
      user: { id: 40 + at, is_active: true, pii: { username: 'ada', name: 'Ada Lovelace' } },
    },
  },
  learner: { id: id(60), username: 'ada', name: 'Ada Lovelace' },
  marks: [
    {
      template: { id: id(50), name: 'Data Analysis Foundations' },
      requirement: 'Algebra',
      instance: null,
      as: ['first', 'last'],
    },
  ],
  awards: [
    {
      id: id(40),
      template: { id: id(50), name: 'Data Analysis Foundations' },
      status: 'awarded',
      role: 'granted',
    },
  ],
}))

export const letter: DeadLetterDetail = {
  id: id(200),
  topic: 'learning-badges-lifecycle',
  consumerGroup: 'rosette',
  position: '1763800000000-0',
  eventType: 'org.openedx.learning.course.review.written.v1',
  eventId: id(201),
  reason: 'unknown-event-type',
  detail: 'The event type org.openedx.learning.course.review.written.v1 is not known.',
  state: 'parked',
  createdAt: minutesAgo(3000),
  settledAt: null,
  headers: { ce_type: 'org.openedx.learning.course.review.written.v1', ce_id: id(201) },
  value: {
    bytes: 27,
    base64: btoa('\u0002\u0014hello, dead letter\u0000\u0000\u0000end.'),
    hex: '021468656c6c6f2c2064656164206c6574746572000000656e642e',
  },
}

export const bus: BusStatus = {
  kind: 'redis',
  isEnabled: true,
  problem: null,
  topics: [
    {
      name: 'learning-badges-lifecycle',
      length: 9120,
      isConsumed: true,
      groups: [
        {
          name: 'rosette',
          isOurs: true,
          pending: 120,
          behind: 3450,
          consumers: [{ name: 'rosette.consumer1', pending: 120, idleMs: 800 }],
        },
        { name: 'analytics', isOurs: false, pending: 0, behind: 0, consumers: [] },
      ],
    },
    { name: 'course-authoring', length: null, isConsumed: false, groups: [] },
  ],
  running: [
    {
      topic: 'learning-badges-lifecycle',
      group: 'rosette',
      name: 'rosette.consumer1',
      since: minutesAgo(200),
      batchesPerSecond: 1.2,
      eventsPerSecond: 840,
      lastBatchAt: minutesAgo(0),
    },
  ],
  signals: [
    {
      eventType: 'org.openedx.learning.badge.awarded.v1',
      topic: 'learning-badges-lifecycle',
      keyField: 'badge.uuid',
      isEnabled: true,
    },
    {
      eventType: 'org.openedx.learning.badge.revoked.v1',
      topic: 'learning-badges-lifecycle',
      keyField: 'badge.uuid',
      isEnabled: true,
    },
  ],
  outbox: { waiting: 4, stopped: 2, oldestWaitingAt: minutesAgo(1), lastSentAt: minutesAgo(1) },
}

export const account: ProviderAccount = {
  id: credly.id,
  number: 1,
  organizationId: sampleOrganization.id,
  issuerId: id(300),
  provider: 'credly',
  name: credly.name,
  externalId: id(301),
  apiBaseUrl: null,
  requestsPerMinute: null,
  keyKind: 'token',
  keyExpiresAt: new Date(Date.now() + 6 * 86_400_000).toISOString(),
  state: 'paused',
  pausedAt: minutesAgo(130),
  pauseReason: 'Credly answered 401: the organization token was not accepted',
  nextProbeAt: new Date(Date.now() + 200_000).toISOString(),
  hasWebhookSecret: false,
  webhookUrl: 'https://badges.university.example/badges/credly/webhook/',
  capabilities: {
    revocation: 'revoke',
    reissue: 'anew',
    changes: 'webhook',
    needsAcceptance: true,
    evidence: true,
    expiry: 'time',
    quiet: true,
    locales: ['en'],
    requires: ['email'],
    rotatesKey: true,
    requestsPerMinute: 200,
  },
  syncedAt: minutesAgo(40),
  syncSummary: { seen: 12, created: 2, updated: 1, archived: 0, restored: 0 },
  syncError: null,
  polledAt: null,
  issuances: {
    queued: 3,
    issuing: 1,
    issued: 1830,
    failed: 12,
    stopped: 2,
    revoking: 0,
    revoked: 21,
  },
  createdAt: minutesAgo(90_000),
}

export const issuer: Issuer = {
  id: id(300),
  organizationId: sampleOrganization.id,
  name: 'Open University',
  url: 'https://university.example',
  email: 'badges@university.example',
  description: 'Courses for everybody, and badges for what was learnt in them.',
  identifier: 'url',
  keys: [
    {
      kid: 'z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK',
      algorithm: 'Ed25519',
      createdAt: minutesAgo(40_000),
      retiredAt: null,
      revokedAt: null,
      revocationReason: null,
    },
    {
      kid: 'z6MkpTHR8VNsBxYAAWHut2Geadd9jSwuBV8xRoAnwWsdvktH',
      algorithm: 'Ed25519',
      createdAt: minutesAgo(400_000),
      retiredAt: minutesAgo(40_000),
      revokedAt: minutesAgo(39_000),
      revocationReason: 'A laptop with a copy of it was stolen.',
    },
  ],
  createdAt: minutesAgo(400_000),
}

export const configuration: Configuration = {
  version: '1.0.0',
  node: 'v20.19.0',
  startedAt: minutesAgo(60 * 26),
  settingsFile: null,
  problems: [],
  settings: [
    {
      name: 'BADGES_ENABLED',
      about: 'Whether events are received, processed and emitted at all.',
      isSecret: false,
      isSet: true,
      value: 'true',
      from: 'environment',
    },
    {
      name: 'DATABASE_URL',
      about: 'A PostgreSQL server (14 or later).',
      isSecret: true,
      isSet: true,
      value: null,
      from: 'secret-file',
    },
    {
      name: 'ROSETTE_BATCH_SIZE',
      about: 'How many events at most are handled in one transaction.',
      isSecret: false,
      isSet: false,
      value: '1000',
      from: 'default',
    },
    {
      name: 'ROSETTE_MAIL_TO',
      about: 'Who gets these mails: addresses, separated by commas.',
      isSecret: false,
      isSet: false,
      value: null,
      from: 'none',
    },
  ],
  database: {
    kind: 'server',
    version: '16.4',
    bytes: 3_400_000_000,
    migrations: [{ name: '0001-foundation.sql', appliedAt: minutesAgo(9000) }],
    missingMigrations: [],
  },
  eventLog: { bytes: 2_900_000_000, about: 5_210_000, retentionMonths: 24 },
  disk: { path: '/var/lib/rosette', freeBytes: 81_000_000_000, totalBytes: 120_000_000_000 },
}
