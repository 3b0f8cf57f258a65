import { sampleOrganization } from './console-pages.js'

const uuid = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`
const at = (day: number, time = '09:12:00Z') => `2026-03-${String(day).padStart(2, '0')}T${time}`
const page = (items: readonly unknown[], next: string | null = null) => ({ body: { items, next } })

export const places = { base: `/console/o/${sampleOrganization.slug}`, uuid, page }

export const ada = {
  id: uuid(1),
  username: 'ada',
  name: 'Ada Lovelace',
  email: 'ada@learners.example',
}
const people = [
  ada,
  { id: uuid(2), username: 'alan', name: 'Alan Turing', email: 'alan@learners.example' },
  { id: uuid(3), username: 'hedy.lamarr', name: '', email: 'hedy@learners.example' },
]
export const learners = people.map((person, index) => ({
  ...person,
  lmsUserId: index === 2 ? null : 1040 + index,
  isActive: index !== 1,
  createdAt: at(1),
  updatedAt: at(2 + index),
}))

const badges = [
  { id: uuid(11), name: 'Data Analysis Foundations' },
  { id: uuid(12), name: 'Algebra' },
  { id: uuid(13), name: 'Open Science' },
  { id: uuid(14), name: 'Five Courses' },
  { id: uuid(15), name: 'Reading Scientific Papers' },
  { id: uuid(16), name: 'Peer Reviewer' },
] as const
export const templates = badges.map(({ id, name }, index) => ({
  id,
  name,
  repeat: index === 3 ? { by: 'course.course_key' } : null,
}))

export const award = {
  id: uuid(21),
  template: badges[0],
  learner: ada,
  instance: null,
  status: 'awarded',
  expired: false,
  source: 'rules',
  awardedAt: at(12),
  expiresAt: null,
  revokedAt: null,
  revokedBy: null,
  revocationReason: null,
  narrative: null,
  evidence: [],
  results: [],
  showsName: false,
}
export const awards = [
  award,
  {
    ...award,
    id: uuid(22),
    template: badges[1],
    source: 'hand',
    awardedAt: at(4),
    expiresAt: at(10),
    expired: true,
    learner: people[1],
  },
  {
    ...award,
    id: uuid(23),
    template: badges[2],
    learner: people[2],
    status: 'revoked',
    revokedAt: at(14),
    revokedBy: 'hand',
    revocationReason: 'The exam was copied.',
  },
  { ...award, id: uuid(24), template: badges[3], instance: 'course-v1:OpenedX+DemoX+Demo_Course' },
]

const passingType = 'org.openedx.learning.course.passing.status.updated.v1'
const event = {
  id: uuid(31),
  type: passingType,
  time: at(12),
  source: 'openedx/lms/web',
  lmsUserId: 1040,
  receivedAt: at(12),
  data: {
    course_passing_status: {
      is_passing: true,
      course: { course_key: 'course-v1:OpenedX+DemoX+Demo_Course', display_name: 'Demo Course' },
    },
  },
}
export const events = page([event, { ...event, id: uuid(32), time: at(3) }])

const requirement = {
  id: 'pass',
  eventType: passingType,
  description: 'Pass Demo Course',
  fulfilled: true,
  since: at(12),
}
export const progress = {
  template: { ...badges[4], state: 'active' },
  learner: ada,
  instance: null,
  ratio: 0.5,
  complete: false,
  groups: [
    { group: 'A', fulfilled: true, requirements: [requirement] },
    {
      group: 'B',
      fulfilled: false,
      requirements: [
        { ...requirement, id: 'b', description: 'Pass Algebra', fulfilled: false, since: null },
        { ...requirement, id: 'c', description: 'Pass Geometry', fulfilled: false, since: null },
      ],
    },
  ],
  award: null,
}

export const notBegun = {
  ...progress,
  template: { ...badges[5], state: 'active' },
  ratio: 0.25,
  groups: [
    progress.groups[0],
    ...['Review three papers', 'Be reviewed', 'Publish a review'].map((description, index) => ({
      group: 'BCD'[index],
      fulfilled: false,
      requirements: [
        { ...requirement, id: description, description, fulfilled: false, since: null },
      ],
    })),
  ],
}

export const issuance = {
  id: uuid(41),
  target: 'provider',
  account: { id: uuid(51), name: 'Credly of the university', provider: 'credly' },
  state: 'stopped',
  wanted: 'issued',
  externalState: null,
  externalId: null,
  externalUrl: null,
  attempts: 3,
  lastError: 'Credly refused the key (401): The API key is not valid.',
  reason: 'key-refused',
  remedy: 'Put the new key into the account, then retry.',
  note: null,
  nextTryAt: null,
  issuedAt: null,
  revokedAt: null,
  revocationEffect: null,
  awardId: award.id,
  template: badges[0],
  learner: ada,
  createdAt: at(12),
  updatedAt: at(12, '09:20:00Z'),
}
const own = {
  ...issuance,
  id: uuid(42),
  target: 'native',
  account: null,
  state: 'issued',
  lastError: null,
  remedy: null,
  attempts: 1,
  issuedAt: at(12),
}
export const issuances = [
  issuance,
  own,
  {
    ...issuance,
    id: uuid(43),
    state: 'failed',
    lastError: 'Credly did not answer within 30 seconds.',
    nextTryAt: '2027-03-12T09:30:00Z',
    template: badges[2],
    learner: people[2],
  },
  { ...own, id: uuid(44), state: 'queued', template: badges[1], learner: people[1] },
]
export const counts = {
  body: {
    items: [
      { account: issuance.account, state: 'stopped', count: 14 },
      { account: issuance.account, state: 'failed', count: 3 },
      { account: null, state: 'issued', count: 1284 },
      { account: null, state: 'queued', count: 2 },
    ],
  },
}
const step = { externalState: null, note: null, error: null, nextTryAt: null }
export const issuanceDetail = {
  ...issuance,
  history: [
    { ...step, at: at(12), state: 'queued' },
    {
      ...step,
      at: at(12, '09:12:04Z'),
      state: 'failed',
      error: 'Credly did not answer within 30 seconds.',
      nextTryAt: at(12, '09:14:00Z'),
    },
    { ...step, at: at(12, '09:14:02Z'), state: 'stopped', error: issuance.lastError },
  ],
}

export const awardDetail = {
  ...award,
  evidence: [{ url: 'https://university.example/exam', name: 'Exam paper' }],
  narrative: 'Took the exam in person, with distinction.',
  publicUrl: 'http://console.test/public/assertions/AAAAAAAAQACAAAAAAAAAFQ',
  why: {
    by: null,
    fulfillments: [
      {
        requirement: 'pass',
        group: 'A',
        description: 'Pass Demo Course',
        eventType: passingType,
        since: at(12),
        events: [event],
      },
      {
        requirement: 'enrol',
        group: 'B',
        description: 'Enrol in Algebra',
        eventType: passingType,
        since: at(3),
        events: [],
      },
    ],
  },
  revocation: null,
  issuances: [own],
}
const entry = { by: null, state: null, account: null, detail: null }
export const history = {
  body: {
    items: [
      { ...entry, kind: 'granted', at: at(12) },
      { ...entry, kind: 'issuance', at: at(12), state: 'queued' },
      { ...entry, kind: 'signed', at: at(12, '09:12:01Z') },
      { ...entry, kind: 'issuance', at: at(12, '09:12:01Z'), state: 'issued' },
      {
        ...entry,
        kind: 'changed',
        at: at(13),
        by: 'grace@university.example',
        detail: 'award.show-name',
      },
    ],
  },
}

const columns = [
  ['E-Mail', 'email', 'ada@learners.example'],
  ['Name', 'name', 'Ada Lovelace'],
  ['Date', 'awardedAt', '2026-03-12'],
  ['Link', 'evidenceUrl', 'https://university.example/exam'],
  ['Group', null, 'B 12'],
] as const
export const checked = {
  id: uuid(61),
  organizationId: sampleOrganization.id,
  template: badges[0],
  fileName: 'spring-term.csv',
  encoding: 'windows-1252',
  delimiter: ';',
  columns: columns.map(([header, field, sample]) => ({ header, field, sample })),
  state: 'checked',
  rows: 240,
  checks: { ready: 211, 'new-learner': 17, held: 9, faulty: 3 },
  results: { awarded: 0, held: 0, failed: 0 },
  createdBy: 'grace@university.example',
  createdAt: at(12),
  startedAt: null,
  finishedAt: null,
}
export const running = {
  ...checked,
  state: 'running',
  startedAt: at(12),
  results: { awarded: 97, held: 2, failed: 1 },
}
export const finished = {
  ...running,
  state: 'done',
  finishedAt: at(12),
  results: { awarded: 225, held: 2, failed: 1 },
}
const row = {
  number: 2,
  cells: [
    'ada@learners.example',
    'Ada Lovelace',
    '2026-03-12',
    'https://university.example/exam',
    '',
  ],
  values: { email: 'ada@learners.example', name: 'Ada Lovelace' },
  template: badges[0],
  learner: ada,
  check: 'ready',
  faults: [],
  result: null,
  detail: null,
  awardId: null,
}
export const rows = [
  row,
  {
    ...row,
    number: 3,
    learner: null,
    check: 'new-learner',
    values: { email: 'mary@learners.example', name: 'Mary Somerville' },
  },
  { ...row, number: 4, check: 'held' },
  {
    ...row,
    number: 5,
    learner: null,
    check: 'faulty',
    values: { email: 'emmy@', name: 'Emmy Noether', awardedAt: 'tomorrow' },
    faults: [
      { column: 'email', reason: '"emmy@" is no e-mail address.' },
      {
        column: 'awardedAt',
        reason: '"tomorrow" is no date. Write it as 2026-03-12, or as 2026-03-12T10:00:00Z.',
      },
    ],
  },
]
export const doneRows = [
  { ...row, result: 'awarded', awardId: award.id },
  {
    ...row,
    number: 9,
    check: 'ready',
    result: 'failed',
    detail: '"Data Analysis Foundations" is archived and not awarded any more.',
  },
]
