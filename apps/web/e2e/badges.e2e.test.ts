import type { BadgeTemplate, TemplateVersion } from '@rosette/contract'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  type Answers,
  describePages,
  launchBrowser,
  openConsole,
  sampleOrganization,
  signedIn,
} from './console-pages.js'

const passing = 'org.openedx.learning.course.passing.status.updated.v1'
const issuerId = '3a0c2d3e-7a41-4c58-9d0b-0d6a3c1f2b10'
const templateId = '9f3f2b62-6b1c-4a2e-8a4e-6d2f3b0a1c55'
const accountId = '4b1c2d3e-7a41-4c58-9d0b-0d6a3c1f2b77'
const base = '/console/o/open-university/badges'

function aTemplate(given: Partial<BadgeTemplate> = {}): BadgeTemplate {
  return {
    id: templateId,
    organizationId: sampleOrganization.id,
    issuerId,
    name: 'Data Analysis Foundations',
    description: 'Reads, cleans and explains data, and says what it does not show.',
    criteria:
      'Pass **Demo Course** or any CCX of it, and pass *Algebra*.\n\n- with at least 70 %\n- [more](https://university.example/data)',
    tags: ['statistics', 'python'],
    language: 'en',
    achievementType: 'Course',
    fieldOfStudy: null,
    alignments: [{ name: 'Reads data', url: 'https://frameworks.example/7', code: 'D.7' }],
    results: [{ id: 'grade', name: 'Final grade', type: 'Percent', min: 0, max: 100 }],
    state: 'active',
    image: null,
    reaward: 'allowed',
    repeat: null,
    expiresAfterDays: 730,
    issuing: { target: 'native' },
    notifies: true,
    locale: null,
    requirements: [
      {
        id: 'r1',
        group: 'A',
        eventType: passing,
        description: 'Pass Demo Course',
        dataRules: [{ keyPath: 'is_passing', operator: 'eq', value: 'true' }],
      },
    ],
    penalties: [],
    awarded: 128,
    createdAt: '2026-01-12T09:00:00Z',
    updatedAt: '2026-03-12T09:00:00Z',
    activatedAt: '2026-01-13T09:00:00Z',
    ...given,
  }
}

const draft = { state: 'draft', requirements: [], awarded: 0, criteria: '', tags: [] } as const
const many = [
  aTemplate(),
  aTemplate({ ...draft, id: '9f3f2b62-6b1c-4a2e-8a4e-6d2f3b0a1c56', name: 'Chemistry lab' }),
  aTemplate({
    id: '9f3f2b62-6b1c-4a2e-8a4e-6d2f3b0a1c57',
    name: 'Academic writing',
    state: 'archived',
    awarded: 1,
  }),
]

const issuer = {
  id: issuerId,
  organizationId: sampleOrganization.id,
  name: 'Open University',
  url: 'https://university.example',
  email: null,
  description: null,
  identifier: 'url',
  keys: [],
  createdAt: '2026-01-01T00:00:00Z',
}
const account = {
  id: accountId,
  number: 1,
  organizationId: sampleOrganization.id,
  issuerId,
  provider: 'credly',
  name: 'Credly of the university',
  externalId: 'org',
  state: 'working',
  syncedAt: '2026-03-01T00:00:00Z',
}
const providerTemplate = {
  id: '5c1c2d3e-7a41-4c58-9d0b-0d6a3c1f2b88',
  accountId,
  accountName: account.name,
  provider: 'credly',
  externalId: 't1',
  name: 'Data Analysis (Credly)',
  description: '',
  imageUrl: null,
  url: 'https://credly.example/t1',
  state: 'active',
  allowsDuplicates: false,
  skills: [],
  changedAt: null,
  syncedAt: '2026-03-01T00:00:00Z',
  badgeTemplates: [],
}
const bound = aTemplate({
  issuing: {
    target: 'provider',
    providerTemplateId: providerTemplate.id,
    accountId,
    provider: 'credly',
    accountName: account.name,
    externalId: 't1',
    name: providerTemplate.name,
    state: 'active',
    url: null,
    follows: false,
  },
})
const learner = {
  id: '7d1c2d3e-7a41-4c58-9d0b-0d6a3c1f2b99',
  username: 'ada',
  name: 'Ada Lovelace',
  email: 'ada@university.example',
}
const anAward = {
  id: '8e1c2d3e-7a41-4c58-9d0b-0d6a3c1f2baa',
  template: { id: templateId, name: 'Data Analysis Foundations' },
  learner,
  instance: null,
  status: 'awarded',
  expired: false,
  source: 'rules',
  awardedAt: '2026-03-10T10:00:00Z',
  expiresAt: null,
  revokedAt: null,
  revokedBy: null,
  revocationReason: null,
  narrative: null,
  evidence: [],
  results: [],
  showsName: false,
}
const progress = {
  template: { id: templateId, name: 'Data Analysis Foundations', state: 'active' },
  learner,
  instance: null,
  ratio: 0.5,
  complete: false,
  groups: ['A', 'B'].map((group, index) => ({
    group,
    fulfilled: index === 0,
    requirements: [
      {
        id: `r${index + 1}`,
        eventType: passing,
        description: index === 0 ? 'Pass Demo Course' : 'Pass Algebra',
        fulfilled: index === 0,
        since: null,
      },
    ],
  })),
  award: null,
}

const aVersion = (given: Partial<TemplateVersion>): TemplateVersion => ({
  number: 1,
  at: '2026-03-12T09:00:00Z',
  actor: 'grace@university.example',
  action: 'update',
  hasImage: false,
  isCurrent: false,
  changes: [],
  ...given,
})
const [requirement] = aTemplate().requirements
const versions = [
  aVersion({
    number: 4,
    isCurrent: true,
    changes: [
      { kind: 'detail', field: 'name', before: 'Data', after: 'Data Analysis Foundations' },
      { kind: 'detail', field: 'tags', before: [], after: ['statistics', 'python'] },
    ],
  }),
  aVersion({
    number: 3,
    action: 'replace-rules',
    changes: [{ kind: 'requirement', id: 'r1', before: null, after: requirement ?? null }],
  }),
  aVersion({
    number: 2,
    action: 'set-image',
    hasImage: true,
    changes: [{ kind: 'image', before: false, after: true }],
  }),
  aVersion({ action: 'create' }),
]

const page = (items: readonly unknown[]) => ({ body: { items, next: null } })
const common: Answers = {
  ...signedIn(),
  'GET /api/v1/issuers': page([issuer]),
  'GET /api/v1/provider-accounts': page([account]),
  'GET /api/v1/provider-templates': page([providerTemplate]),
  'GET /api/v1/event-types': { body: { items: [] } },
  'GET /api/v1/template-tags': { body: { items: [{ tag: 'python', templates: 2 }] } },
  'GET /api/v1/badge-templates': page(many),
  'GET /api/v1/badge-templates/*': { body: aTemplate() },
  'GET /api/v1/badge-templates/*/standing': { body: { holding: 128, onTheWay: 41, lost: 3 } },
  'GET /api/v1/badge-templates/*/progress': page([progress]),
  'GET /api/v1/badge-templates/*/versions': page(versions),
  'GET /api/v1/badge-templates/*/versions/*/image': { problem: 404 },
  'GET /api/v1/awards': page([anAward]),
}
const one = `${base}/${templateId}`

describePages('badges', {
  list: {
    path: base,
    answers: common,
    states: {
      gallery: { sees: 'Chemistry lab' },
      table: {
        act: async (p) => {
          await p.locator('.mantine-SegmentedControl-label').last().click()
        },
        sees: 'Credly of the university',
        answers: { 'GET /api/v1/badge-templates': page([bound, ...many.slice(1)]) },
      },
      loading: {
        answers: { 'GET /api/v1/badge-templates': 'pending' },
        sees: /Loading|يُحمّل|تحميل/,
      },
      empty: {
        answers: {
          'GET /api/v1/badge-templates': page([]),
          'GET /api/v1/template-tags': { body: { items: [] } },
        },
        sees: /Make your first badge|اصنع شارتك/,
      },
      error: {
        answers: { 'GET /api/v1/badge-templates': { problem: 500 } },
        sees: /has been logged/,
      },
      new: { act: openNew, sees: /What is it called|ما اسمها/ },
      import: {
        act: async (p) => {
          await p.getByRole('button', { name: /^(Import|استيراد)$/ }).click()
          await p
            .locator('[role="dialog"] textarea')
            .first()
            .fill('[{"id":"a","name":"A"},{"id":"b","name":"B"}]')
        },
        sees: /2 badges: A and B/,
      },
    },
  },
  nothing: {
    path: `${base}?search=zzz&state=draft&view=table`,
    answers: { ...common, 'GET /api/v1/badge-templates': page([]) },
    states: { found: { sees: /No badge is like that|لا توجد شارة/ } },
  },
  look: {
    path: one,
    answers: common,
    states: {
      success: { sees: 'Pass Demo Course'.slice(0, 4) },
      changed: {
        act: async (p) => {
          await p.locator('input[maxlength="200"]').first().fill('Data Analysis')
        },
        sees: /unsaved changes|تغييرات غير محفوظة/,
      },
      more: {
        act: async (p) => {
          for (const control of await p.locator('.mantine-Accordion-control').all())
            await control.click()
        },
        sees: /Final grade|Kind of achievement/,
      },
      loading: { answers: { 'GET /api/v1/badge-templates/*': 'pending' }, sees: /Loading|تحميل/ },
      error: { answers: { 'GET /api/v1/badge-templates/*': { problem: 404 } }, sees: /logged/ },
      designer: {
        act: async (p) => {
          await p.getByRole('button', { name: /^(Design|تصميم)$/ }).click()
          await p.getByRole('radiogroup').first().waitFor()
        },
        sees: /Design the picture|تصميم الصورة/,
      },
    },
  },
  issuing: {
    path: `${one}/issuing`,
    answers: common,
    states: {
      native: { sees: /How often|كم مرة/ },
      provider: {
        answers: { 'GET /api/v1/badge-templates/*': { body: bound } },
        sees: /Ready to be issued there|جاهز للإصدار/,
      },
    },
  },
  learners: {
    path: `${one}/learners`,
    answers: common,
    states: {
      holders: { sees: 'Ada Lovelace' },
      empty: { answers: { 'GET /api/v1/awards': page([]) }, sees: /Nobody has it yet|لا يحملها/ },
      loading: { answers: { 'GET /api/v1/awards': 'pending' }, sees: /Loading|تحميل/ },
      error: { answers: { 'GET /api/v1/awards': { problem: 500 } }, sees: /logged/ },
    },
  },
  way: {
    path: `${one}/learners?who=on-the-way`,
    answers: common,
    states: {
      begun: { sees: 'Pass Algebra' },
      none: {
        answers: { 'GET /api/v1/badge-templates/*/progress': page([]) },
        sees: /Nobody is on the way|لا أحد في الطريق/,
      },
    },
  },
  history: {
    path: `${one}/history`,
    answers: common,
    states: {
      versions: { sees: /Requirement added|أُضيف متطلب/ },
      empty: {
        answers: { 'GET /api/v1/badge-templates/*/versions': page([]) },
        sees: /Nothing has been changed|لم يتغير/,
      },
      restore: {
        act: async (p) => {
          await p.getByRole('button', { name: /3|٣/ }).first().click()
        },
        sees: /Restore version|استعادة الإصدار/,
      },
    },
  },
})

async function openNew(p: Page): Promise<void> {
  await p.getByRole('button', { name: /New badge|شارة جديدة/ }).click()
  await p.getByRole('dialog').waitFor()
}

describe('the way of a badge', () => {
  let browser: Awaited<ReturnType<typeof launchBrowser>>
  beforeAll(async () => {
    browser = await launchBrowser()
  })
  afterAll(async () => await browser.close())

  it('begins with a name and leads into the editor', async () => {
    const made: unknown[] = []
    const { page: p, faults } = await openConsole(browser, base, {
      ...common,
      'POST /api/v1/badge-templates': ({ body }) => {
        made.push(body)
        return { status: 201, body: aTemplate({ ...draft, name: 'Algebra' }) }
      },
    })
    await openNew(p)
    await p.keyboard.type('Algebra')
    await p.keyboard.press('Enter')
    await p.getByRole('heading', { level: 1, name: /Algebra|Data Analysis/ }).waitFor()
    expect(made).toEqual([{ organizationId: sampleOrganization.id, name: 'Algebra' }])
    expect(p.url()).toContain(templateId)
    expect(faults).toEqual([])
    await p.context().close()
  })

  it('saves what was changed and nothing else, and takes it back', async () => {
    const sent: unknown[] = []
    const { page: p, faults } = await openConsole(browser, one, {
      ...common,
      'PATCH /api/v1/badge-templates/*': ({ body }) => {
        sent.push(body)
        return { body: { ...aTemplate(), ...(body as object) } }
      },
    })
    await p.getByRole('textbox', { name: 'Description' }).first().fill('Short')
    await p.getByRole('button', { name: 'Save' }).click()
    await p.getByRole('button', { name: 'Undo' }).click()
    await p.getByText('The change was taken back.').waitFor()
    expect(sent).toEqual([{ description: 'Short' }, { description: aTemplate().description }])
    expect(faults).toEqual([])
    await p.context().close()
  })

  it('does not let go of unsaved changes without asking', async () => {
    const { page: p } = await openConsole(browser, one, common)
    await p.getByRole('textbox', { name: 'Description' }).first().fill('Short')
    await p.getByRole('link', { name: 'History' }).click()
    await p.getByText('Leave without saving?').waitFor()
    await p.getByRole('button', { name: 'Leave' }).click()
    await p.getByText('Requirement added', { exact: false }).waitFor()
    await p.context().close()
  })

  it('says at the field what the server refuses', async () => {
    const { page: p } = await openConsole(browser, one, {
      ...common,
      'PATCH /api/v1/badge-templates/*': {
        status: 400,
        body: {
          title: 'The request is not as it should be.',
          status: 400,
          code: 'request-invalid',
          faults: [{ path: 'description', reason: 'It is too long.' }],
        },
      },
    })
    await p.getByRole('textbox', { name: 'Description' }).first().fill('Short')
    await p.getByRole('button', { name: 'Save' }).click()
    await p.getByText('It is too long.').first().waitFor()
    expect(
      await p.getByRole('textbox', { name: 'Description' }).first().getAttribute('aria-invalid'),
    ).toBe('true')
    await p.context().close()
  })

  it('designs a picture and sends it as a safe SVG', async () => {
    const { page: p, faults } = await openConsole(browser, one, common)
    let sent = ''
    await p.route('**/image', async (route) => {
      if (route.request().method() !== 'PUT') return await route.fallback()
      sent = route.request().postData() ?? ''
      await route.fulfill({ json: aTemplate() })
    })
    await p.getByRole('button', { name: 'Design' }).click()
    await p.getByRole('radio', { name: 'Shield', exact: true }).click()
    await p.getByLabel('Text in the middle').fill('101')
    await p.getByRole('button', { name: 'Use this picture' }).click()
    await p.getByText('The picture is saved.').waitFor()
    expect(sent).toMatch(/^<svg xmlns/)
    expect(sent).toContain('>101</text>')
    expect(faults).toEqual([])
    await p.context().close()
  })
})
