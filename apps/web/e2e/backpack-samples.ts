import type {
  BackpackBadge,
  BackpackBadgeDetail,
  BadgeEndorsement,
  BadgeHost,
  Collection,
  ConnectedApplication,
  ImportResult,
} from '@rosette/contract/backpack'

export const uuid = (number: number) =>
  `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`
const at = (day: number) => `2026-03-${String(day).padStart(2, '0')}T09:12:00.000Z`

type Given = Partial<BackpackBadge> & { readonly name: string }

const badge = (number: number, given: Given): BackpackBadge => ({
  id: uuid(number),
  origin: 'earned',
  description: 'Reads, cleans and explains data with simple statistics.',
  issuer: { name: 'Open University', url: 'https://university.example' },
  pictureUrl: `public/badges/${uuid(number)}/image`,
  awardedAt: at(12),
  expiresAt: null,
  status: 'valid',
  isNew: false,
  isHidden: false,
  visibility: 'public',
  showsName: true,
  publicUrl: `http://console.test/public/assertions/${uuid(number)}`,
  tags: [],
  ...given,
})

export const dataBadge = badge(1, { name: 'Data Analysis Foundations', isNew: true })
const elsewhere = {
  origin: 'imported',
  issuer: { name: 'Coding Club Leeds', url: 'https://club.example' },
} as const
export const badges: readonly BackpackBadge[] = [
  dataBadge,
  badge(2, { name: 'Algebra' }),
  badge(3, { name: 'First Aid at Work', status: 'expired', expiresAt: at(2) }),
  badge(4, {
    name: 'Web Design with HTML and CSS for People Who Have Never Written a Line',
    ...elsewhere,
  }),
  badge(5, { name: 'Volunteer of the Year', ...elsewhere, status: 'waiting' }),
  badge(6, { name: 'Python', ...elsewhere, status: 'revoked' }),
  badge(7, { name: 'Academic Writing' }),
]

const checks = [
  {
    code: 'proof' as const,
    outcome: 'passed' as const,
    message: 'Signed with Ed25519 by a key that the issuer publishes.',
    clause: 'OB3',
  },
  {
    code: 'status' as const,
    outcome: 'failed' as const,
    message: 'The issuer took this badge back on 3 May: the course was not finished.',
    clause: 'OB3',
  },
]

export const endorsement: BadgeEndorsement = {
  id: uuid(30),
  state: 'given',
  name: 'Emmy Noether',
  email: 'emmy@university.example',
  comment:
    'Ada analysed the attendance of a whole year for us. Her report was clear, and we changed our timetable because of it.',
  askedAt: at(10),
  givenAt: at(12),
  credentialUrl: null,
}

export const detail: BackpackBadgeDetail = {
  ...dataBadge,
  isNew: false,
  criteria: 'Pass **Demo Course**, or any CCX of it, and pass *Algebra*.',
  evidence: [
    { url: 'https://university.example/exam', name: 'Exam paper' },
    { name: 'Report on attendance', narrative: 'Twelve pages with three charts.' },
  ],
  narrative: 'Took the exam in person, with distinction.',
  statusReason: null,
  source: null,
  sourceUrl: null,
  checkedAt: null,
  report: null,
  forms: ['png', 'svg', 'json', 'jwt', 'pdf'],
  share: {
    url: 'http://console.test/public/assertions/AAAAAAAAQACAAAAAAAAAFQ',
    linkedInProfile: 'https://www.linkedin.com/profile/add?startTask=CERTIFICATION_NAME',
    linkedInPost: 'https://www.linkedin.com/sharing/share-offsite/?url=x',
    facebook: 'https://www.facebook.com/sharer/sharer.php?u=x',
    x: 'https://x.com/intent/tweet?url=x',
    mail: 'mailto:?subject=x',
    embedCode: '<iframe src="http://console.test/public/assertions/A/embed"></iframe>',
    oembed: 'http://console.test/oembed?url=x',
  },
  counts: { view: 128, share: 7, download: 3, verify: 12 },
  canHaveWallet: true,
  endorsements: [
    endorsement,
    {
      ...endorsement,
      id: uuid(31),
      state: 'accepted',
      name: 'Alan Turing',
      credentialUrl: 'http://console.test/e/1',
    },
  ],
  collections: [{ id: uuid(40), name: 'For my application' }],
}

export const imported: BackpackBadgeDetail = {
  ...detail,
  ...badge(6, { name: 'Python', ...elsewhere, status: 'revoked' }),
  statusReason: 'Coding Club Leeds took it back on 3 May: the course was not finished.',
  source: 'url',
  sourceUrl: 'https://club.example/badges/17',
  checkedAt: at(12),
  report: { verdict: 'revoked', kind: 'Assertion 2.0', badge: { name: 'Python' }, checks },
  share: null,
  visibility: 'private',
  evidence: [],
  narrative: null,
  canHaveWallet: false,
  endorsements: [],
  collections: [],
}

const requirement = (id: string, description: string, fulfilled: boolean) => ({
  id,
  eventType: 'org.openedx.learning.course.passing.status.updated.v1',
  description,
  fulfilled,
  since: fulfilled ? at(3) : null,
})
const goal = (number: number, name: string, ratio: number) => ({
  template: {
    id: uuid(number),
    name,
    state: 'active',
    description: '',
    pictureUrl: `public/badges/${uuid(number)}/image`,
    publicUrl: `http://console.test/public/badges/${uuid(number)}`,
  },
  instance: null,
  ratio,
  complete: false,
  fulfilledGroups: Math.round(ratio * 3),
  allGroups: 3,
  nextStep: 'Pass Statistics',
  groups: [
    { group: 'A', fulfilled: true, requirements: [requirement('a', 'Pass Algebra', true)] },
    {
      group: 'B',
      fulfilled: ratio > 0.5,
      requirements: [
        requirement('b', 'Pass Demo Course', ratio > 0.5),
        requirement('c', 'Pass any CCX of Demo Course', false),
      ],
    },
    { group: 'C', fulfilled: false, requirements: [requirement('d', 'Pass Statistics', false)] },
  ],
})
export const progress = {
  items: [goal(11, 'Data Scientist', 2 / 3), goal(12, 'Research Methods', 1 / 3)],
}

const step = (number: number, given: { name: string; level: number; standing: string }) => ({
  templateId: uuid(number),
  pictureUrl: `public/badges/${uuid(number)}/image`,
  publicUrl: `http://console.test/public/badges/${uuid(number)}`,
  ratio: given.standing === 'held' ? 1 : given.standing === 'open' ? 0 : 2 / 3,
  ...given,
})
export const pathways = {
  items: [
    {
      id: uuid(50),
      name: 'From numbers to insight',
      description: 'Three steps to a data scientist.',
      publicUrl: 'http://console.test/public/pathways/1',
      badges: [
        step(2, { name: 'Algebra', level: 1, standing: 'held' }),
        step(1, { name: 'Data Analysis Foundations', level: 1, standing: 'held' }),
        step(11, { name: 'Data Scientist', level: 2, standing: 'on-the-way' }),
        step(13, { name: 'Head of Research', level: 3, standing: 'open' }),
      ],
      links: [
        { from: uuid(2), to: uuid(11) },
        { from: uuid(1), to: uuid(11) },
        { from: uuid(11), to: uuid(13) },
      ],
    },
  ],
}

export const collection: Collection = {
  id: uuid(40),
  name: 'For my application',
  description: 'What I bring along for the post of a data analyst.',
  isPublished: true,
  publicUrl: 'http://console.test/public/collections/Zm9yLW15LWFwcGxpY2F0aW9u',
  embedCode: '<iframe src="http://console.test/public/collections/Z/embed"></iframe>',
  createdAt: at(1),
  updatedAt: at(12),
  badges: badges.slice(0, 3).map((one, index) => ({
    badge: one,
    note: index === 0 ? 'My favourite.' : '',
    isShown: index < 2,
  })),
}
const { badges: inIt, ...facts } = collection
const pictures = inIt.flatMap(({ badge: { pictureUrl } }) =>
  pictureUrl === null ? [] : [pictureUrl],
)
export const collections = {
  items: [
    { ...facts, badges: inIt.length, pictures },
    {
      ...facts,
      id: uuid(41),
      name: 'Volunteering',
      description: '',
      isPublished: false,
      publicUrl: null,
      embedCode: null,
      badges: 1,
      pictures: pictures.slice(0, 1),
    },
  ],
}

export const application: ConnectedApplication = {
  id: uuid(60),
  name: 'Career Portfolio',
  url: 'https://portfolio.example',
  logoUrl: null,
  scopes: [
    { scope: 'https://purl.imsglobal.org/spec/ob/v3p0/scope/credential.readonly', does: 'Read' },
    { scope: 'https://purl.imsglobal.org/spec/ob/v3p0/scope/credential.upsert', does: 'Write' },
  ],
  connectedAt: at(1),
  lastUsedAt: at(12),
}

export const host: BadgeHost = {
  id: uuid(70),
  name: 'Alumni Backpack',
  url: 'https://alumni.example',
  kind: 'open-badges-3.0',
  state: 'connected',
  connectedAt: at(1),
  lastError: null,
  badgesSent: 2,
}

const mail = (number: number, email: string, given: object) => ({
  id: uuid(number),
  email,
  isPrimary: false,
  isConfirmed: true,
  addedAt: at(1),
  badges: 4,
  ...given,
})
export const addresses = {
  items: [
    mail(80, 'ada@learners.example', { isPrimary: true, badges: 12 }),
    mail(81, 'ada.lovelace@work.example', {}),
    mail(82, 'ada@school.example', { isConfirmed: false, badges: 1 }),
  ],
}

const result = (outcome: ImportResult['outcome'], given: Partial<ImportResult>): ImportResult => ({
  outcome,
  message: 'It is real, in force, and yours. It is in your backpack now.',
  code: null,
  badge: null,
  report: {
    verdict: 'valid',
    kind: 'Assertion 2.0',
    badge: { name: 'Python' },
    checks: checks.slice(0, 1),
  },
  name: null,
  ...given,
})
export const importResults = {
  kept: result('kept', { badge: { ...imported, status: 'valid' } }),
  waiting: result('waiting', {
    message:
      'It is for ada@school.example, which you have not confirmed. Add that address in your settings, and the badge is yours.',
    badge: badge(5, { name: 'Volunteer of the Year', ...elsewhere, status: 'waiting' }),
  }),
  refused: result('refused', {
    message: 'The issuer took this badge back on 3 May: the course was not finished.',
    code: 'ERR_REVOKED',
    name: 'python.png',
    report: { verdict: 'revoked', kind: 'Assertion 2.0', badge: { name: 'Python' }, checks },
  }),
  duplicate: result('duplicate', {
    message: 'It is in your backpack already.',
    badge: imported,
  }),
}

export const asked = {
  state: 'asked',
  name: 'Emmy Noether',
  message: 'You saw my report on attendance. Would you say a few words about it?',
  learnerName: 'Ada Lovelace',
  badge: {
    name: dataBadge.name,
    description: dataBadge.description,
    issuerName: dataBadge.issuer.name,
    pictureUrl: dataBadge.pictureUrl,
    publicUrl: dataBadge.publicUrl,
  },
  askedAt: at(10),
  expiresAt: at(30),
  comment: '',
}

export const authorization = {
  uid: 'abc',
  application: {
    name: 'Career Portfolio',
    url: 'https://portfolio.example',
    logoUrl: null,
    policyUrl: 'https://portfolio.example/privacy',
    termsUrl: null,
  },
  scopes: application.scopes,
  returnsTo: 'portfolio.example',
}
