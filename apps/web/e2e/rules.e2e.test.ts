import { type EventType, ruleOperators } from '@rosette/contract'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  type Answers,
  describePages,
  launchBrowser,
  openConsole,
  sampleOrganization,
  signedIn,
} from './console-pages.js'

const templateId = '5f0c2d3e-7a41-4c58-9d0b-0d6a3c1f2b20'
const analystId = '5f0c2d3e-7a41-4c58-9d0b-0d6a3c1f2b21'
const backfillId = '5f0c2d3e-7a41-4c58-9d0b-0d6a3c1f2b30'
const learnerId = '5f0c2d3e-7a41-4c58-9d0b-0d6a3c1f2b40'
const demo = 'course-v1:OpenUni+DA101+2026'
const algebra = 'course-v1:OpenUni+ALG1+2026'
const passing = 'org.openedx.learning.course.passing.status.updated.v1'
const ccxPassing = 'org.openedx.learning.ccx.course.passing.status.updated.v1'
const certificate = 'org.openedx.learning.certificate.created.v1'
const badgeAwarded = 'org.openedx.learning.badge.awarded.v1'
const at = '2026-03-12T09:30:00Z'

type KeyPath = EventType['keyPaths'][number]
const field = (path: string, type: KeyPath['type'], operators: KeyPath['operators']) => ({
  path,
  type,
  label: path,
  nullable: false,
  operators,
})
const equal = ['eq', 'ne', 'in', 'not_in'] as const
const key = (path: string) => field(path, 'key', [...equal, 'contains', 'matches', 'exists'])
const typeOf = (eventType: string, keyPaths: readonly KeyPath[]) => ({
  eventType,
  title: eventType,
  keyword: 'x',
  keyPaths,
})
const passed = field('is_passing', 'boolean', [...equal, 'exists'])
const types = [
  typeOf(passing, [passed, key('course.course_key')]),
  typeOf(ccxPassing, [passed, key('course.ccx_course_key'), key('course.master_course_key')]),
  typeOf(certificate, [key('course.course_key'), field('grade', 'text', ruleOperators)]),
  typeOf(badgeAwarded, [field('template.uuid', 'text', ruleOperators)]),
]

const eq = (keyPath: string, value: string) => ({ keyPath, operator: 'eq', value })
const passes = (course: string) => ({
  eventType: passing,
  dataRules: [eq('is_passing', 'true'), eq('course.course_key', course)],
})
const requirements = [
  { id: 'r1', group: 'A', ...passes(demo) },
  {
    id: 'r2',
    group: 'A',
    eventType: ccxPassing,
    dataRules: [
      eq('is_passing', 'true'),
      eq('course.master_course_key', demo),
      {
        keyPath: 'course.ccx_course_key',
        operator: 'ne',
        value: 'ccx-v1:OpenUni+DA101+2026+ccx@3',
      },
    ],
  },
  { id: 'r3', group: 'B', ...passes(algebra), description: 'Agreed with the maths team' },
]
const penalties = [
  {
    id: 'p1',
    eventType: passing,
    dataRules: [eq('is_passing', 'false'), eq('course.course_key', demo)],
    requirements: ['r1', 'r2'],
  },
]
const template = {
  id: templateId,
  organizationId: sampleOrganization.id,
  issuerId: '5f0c2d3e-7a41-4c58-9d0b-0d6a3c1f2b22',
  name: 'Data Analysis Foundations',
  description: 'Can describe data.',
  criteria: '',
  tags: [],
  language: null,
  achievementType: 'Badge',
  fieldOfStudy: null,
  alignments: [],
  results: [],
  state: 'draft',
  image: null,
  reaward: 'allowed',
  repeat: null,
  expiresAfterDays: null,
  issuing: { target: 'native' },
  notifies: true,
  locale: null,
  requirements,
  penalties,
  awarded: 0,
  createdAt: at,
  updatedAt: at,
  activatedAt: null,
}
const learner = (username: string, name: string) => ({
  id: learnerId,
  lmsUserId: 7,
  username,
  name,
})
const preview = {
  events: {
    read: 4120,
    matched: 812,
    from: '2025-09-01T00:00:00Z',
    until: at,
    isComplete: true,
  },
  learners: { complete: 128, halfWay: 41, started: 0 },
  examples: [
    {
      learner: learner('ada', 'Ada Lovelace'),
      instance: null,
      completeAt: at,
      ratio: 1,
      groups: { A: true, B: true },
    },
    {
      learner: learner('bob', 'Bob Noyce'),
      instance: null,
      completeAt: null,
      ratio: 0.5,
      groups: { A: true, B: false },
    },
  ],
  perRequirement: [
    { id: 'r1', events: 512, learners: 301 },
    { id: 'r2', events: 0, learners: 0 },
    { id: 'r3', events: 300, learners: 150 },
  ],
  perPenalty: [{ id: 'p1', events: 12 }],
}
const nobody = {
  ...preview,
  events: { read: 0, matched: 0, from: null, until: null, isComplete: true },
  learners: { complete: 0, halfWay: 0, started: 0 },
  examples: [],
  perRequirement: requirements.map(({ id }) => ({ id, events: 0, learners: 0 })),
  perPenalty: [],
}
const event = { id: 'e1', type: passing, time: at, fields: [] }
const tried = {
  learner: learner('bob', 'Bob Noyce'),
  eventsRead: 14,
  isComplete: true,
  logBeginsAt: null,
  award: null,
  instances: [
    {
      instance: null,
      complete: false,
      completeAt: null,
      ratio: 0.5,
      groups: [
        {
          group: 'A',
          fulfilled: true,
          requirements: [
            {
              id: 'r1',
              fulfilled: true,
              since: at,
              held: 1,
              needed: 1,
              events: [event],
              missing: [],
              nearMisses: [],
            },
          ],
        },
        {
          group: 'B',
          fulfilled: false,
          requirements: [
            {
              id: 'r3',
              fulfilled: false,
              since: null,
              held: 0,
              needed: 1,
              events: [],
              missing: [{ reason: 'data-rules', events: 3 }],
              nearMisses: [
                {
                  event,
                  failed: {
                    keyPath: 'is_passing',
                    operator: 'eq',
                    value: 'true',
                    seen: false,
                  },
                },
              ],
            },
          ],
        },
      ],
    },
  ],
}
const result = {
  events: { read: 4120, matched: 812, from: '2025-09-01T00:00:00Z', until: at },
  logBeginsAt: null,
  learners: { none: 90, started: 0, halfWay: 41, complete: 128 },
  gain: 17,
  lose: 2,
  kept: 1,
  others: [{ template: { id: analystId, name: 'Data Scholar' }, gain: 3, lose: 0 }],
}
const backfill = {
  id: backfillId,
  template: { id: templateId, name: template.name },
  kind: 'run',
  state: 'done',
  requestedBy: 'grace@university.example',
  requestedAt: at,
  startedAt: at,
  finishedAt: at,
  restarts: 0,
  error: null,
  progress: { read: 4120, total: 4120, ratio: 1 },
  result,
}
const running = {
  ...backfill,
  state: 'running',
  finishedAt: null,
  restarts: 1,
  progress: { read: 1730, total: 4120, ratio: 0.42 },
}
const change = {
  change: 'gain',
  template: backfill.template,
  learner: learner('ada', 'Ada Lovelace'),
  instance: null,
  awardId: null,
  at,
  fulfillments: [{ requirement: 'r1', group: 'A', since: at, events: ['e1'] }],
  lost: [],
}
const changes = {
  items: [
    change,
    {
      ...change,
      change: 'lose',
      learner: learner('bob', 'Bob Noyce'),
      fulfillments: [],
      lost: [{ requirement: 'r3', event: 'e2' }],
    },
  ],
  next: null,
}

const values = {
  items: [
    { value: demo, label: 'Data Analysis', events: 512 },
    { value: algebra, label: 'Algebra', events: 300 },
  ],
  from: '2025-09-01T00:00:00Z',
  isComplete: true,
}

const answers: Answers = {
  ...signedIn(),
  'GET /api/v1/badge-templates/*': { body: template },
  'GET /api/v1/badge-templates': {
    body: { items: [{ ...template, id: analystId, name: 'Data Analyst' }], next: null },
  },
  'GET /api/v1/badge-templates/*/standing': { body: { holding: 0, onTheWay: 0 } },
  'GET /api/v1/issuers': { body: { items: [], next: null } },
  'GET /api/v1/event-types': { body: { items: types } },
  'GET /api/v1/event-values': { body: values },
  'POST /api/v1/rule-previews': { body: preview },
  'POST /api/v1/rule-previews/learner': { body: tried },
  'GET /api/v1/learners': {
    body: {
      items: [{ ...learner('bob', 'Bob Noyce'), email: 'bob@example.org', isActive: true }],
      next: null,
    },
  },
  'GET /api/v1/backfills': {
    body: {
      items: [
        { ...running, id: learnerId },
        backfill,
        { ...backfill, id: analystId, kind: 'preview', state: 'cancelled' },
      ],
      next: null,
    },
  },
  'GET /api/v1/backfills/*': { body: backfill },
  'GET /api/v1/backfills/*/changes': { body: changes },
  'POST /api/v1/badge-templates/*/backfills': { body: { ...backfill, kind: 'preview' } },
  'GET /api/v1/badge-templates/*/backfills': { body: { items: [backfill], next: null } },
  'GET /api/v1/notices': { body: { items: [], next: null } },
  'GET /api/v1/notices/count': { body: { open: 0 } },
}

const given = (body: object): Answers => ({ 'GET /api/v1/badge-templates/*': { body } })
const empty = { ...template, requirements: [], penalties: [] }
const active = { ...template, state: 'active', activatedAt: at, awarded: 120 }

// What is pressed has another name in each language: found by what does not change.
const main = (page: Page) => page.locator('#content')
const change1 = async (page: Page) => {
  await main(page).locator('#rule-r3 button[aria-haspopup="menu"]').click()
  await page.getByRole('menuitem').last().click()
}
const openDialog = async (page: Page) => {
  await page.locator('h1').first().waitFor()
  await page.locator('#content button:has(.lucide-rocket)').first().click()
  await page.getByRole('dialog').waitFor()
}

const organization = `/console/o/${sampleOrganization.slug}`

describePages('rules', {
  rules: {
    path: `${organization}/badges/${templateId}/rules`,
    answers,
    states: {
      loading: { answers: { 'GET /api/v1/event-types': 'pending' }, sees: /Loading|Data Analysis/ },
      broken: {
        answers: { 'GET /api/v1/event-types': { problem: 500 } },
        sees: 'Something went wrong here',
      },
      empty: { answers: given(empty), sees: 'What does a learner have to do?' },
      built: { sees: 'learners would have it' },
      'nobody yet': {
        answers: { 'POST /api/v1/rule-previews': { body: nobody } },
        sees: 'No events of these kinds have come in yet.',
      },
      'preview broken': {
        answers: { 'POST /api/v1/rule-previews': { problem: 500 } },
        sees: 'Something went wrong here',
      },
      active: { answers: given(active), sees: 'This badge can be earned right now' },
      recipes: {
        answers: given(empty),
        act: async (page) => {
          await main(page).locator('button:has(.lucide-plus)').first().click()
          await page.getByRole('dialog').locator('li').first().waitFor()
        },
        sees: 'Passes all of these courses',
      },
      'full form': {
        act: async (page) => {
          await main(page).locator('#rule-r2 button[aria-expanded]').last().click()
          await page.locator('#rule-r2 fieldset').first().waitFor()
        },
        sees: 'Only events where all of this holds',
      },
      removed: { act: change1, sees: /^Removed:/ },
      tried: {
        act: async (page) => {
          await page.locator('#try-learner ~ * input').first().fill('bob')
          await page.getByRole('option').first().click()
          await page.locator('.lucide-circle-dashed').first().waitFor()
        },
        sees: /It happened 3 times/,
      },
      'apply dialog': {
        answers: given(active),
        act: async (page) => {
          await change1(page)
          await page.locator('[role="region"] button').last().click()
          await page.getByRole('dialog').waitFor()
        },
        sees: 'From now on only',
      },
      'apply to everybody': {
        answers: {
          ...given(active),
          'PUT /api/v1/badge-templates/*/rules': { body: active },
        },
        act: async (page) => {
          await change1(page)
          await page.locator('[role="region"] button').last().click()
          await page.getByRole('dialog').getByRole('button').last().click()
          await page.getByRole('dialog').locator('li').first().waitFor()
        },
        sees: '17 learners would gain it',
      },
      activate: { act: openDialog, sees: '17 learners have already done this.' },
      'activate with faults': {
        answers: given({
          ...template,
          penalties: [{ ...penalties[0], dataRules: [], requirements: [] }],
        }),
        act: openDialog,
        sees: /mended first/,
      },
      activated: {
        answers: {
          'PATCH /api/v1/badge-templates/*': { body: template },
          'POST /api/v1/badge-templates/*/activation': { body: active },
          'POST /api/v1/badge-templates/*/backfills': ({ body }) => ({
            body: JSON.stringify(body).includes('run') ? running : { ...backfill, kind: 'preview' },
          }),
          'GET /api/v1/backfills/*': ({ url }) => ({
            body: url.pathname.endsWith(backfillId) ? { ...backfill, kind: 'preview' } : backfill,
          }),
        },
        act: async (page) => {
          await openDialog(page)
          await page.getByRole('dialog').locator('li').first().waitFor()
          await page.getByRole('dialog').getByRole('button').last().click()
          await page.getByRole('dialog').locator('a[target="_blank"]').waitFor()
        },
        sees: /can be earned now/,
      },
    },
  },
  backfills: {
    path: `${organization}/backfills`,
    answers,
    states: {
      loading: { answers: { 'GET /api/v1/backfills': 'pending' }, sees: 'Backfills' },
      broken: {
        answers: { 'GET /api/v1/backfills': { problem: 500 } },
        sees: 'Something went wrong here',
      },
      empty: {
        answers: { 'GET /api/v1/backfills': { body: { items: [], next: null } } },
        sees: 'No badge was applied to the past yet',
      },
      some: { sees: 'Data Analysis Foundations' },
    },
  },
  backfill: {
    path: `${organization}/backfills/${backfillId}`,
    answers,
    states: {
      loading: { answers: { 'GET /api/v1/backfills/*': 'pending' }, sees: 'Backfill' },
      missing: {
        answers: { 'GET /api/v1/backfills/*': { problem: 404, title: 'There is no backfill.' } },
        sees: 'There is no backfill.',
      },
      running: { answers: { 'GET /api/v1/backfills/*': { body: running } }, sees: 'So far' },
      done: { sees: '17 learners have gained it' },
      failed: {
        answers: {
          'GET /api/v1/backfills/*': {
            body: { ...backfill, state: 'failed', error: 'The database was away; run it again.' },
          },
          'GET /api/v1/backfills/*/changes': { body: { items: [], next: null } },
        },
        sees: 'The database was away; run it again.',
      },
      'stop it': {
        answers: { 'GET /api/v1/backfills/*': { body: running } },
        act: async (page) => {
          await main(page).locator('button').first().click()
          await page.getByRole('dialog').waitFor()
        },
        sees: 'What was decided already stays',
      },
    },
  },
})

describe('the rule builder', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await launchBrowser()
  })
  afterAll(async () => await browser?.close())

  const path = `${organization}/badges/${templateId}/rules`
  const open = async (more: Answers = {}) => {
    const { page } = await openConsole(browser, path, { ...answers, ...more })
    await page.locator('#in-words').waitFor()
    return page
  }
  const words = (page: Page) => page.locator('section[aria-labelledby="in-words"]')

  it('is worked by the keyboard alone, from recipe to sentence', async () => {
    const page = await open()
    await page.getByRole('button', { name: 'Add another way to fulfil B' }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: /^Passes a course/ }).focus()
    await page.keyboard.press('Enter')
    await page.waitForFunction(`document.activeElement.getAttribute('role') === 'combobox'`)
    await page.keyboard.type('Data')
    await page.keyboard.press('Enter')
    await words(page).getByText('passes Algebra or Data Analysis').waitFor()
    await page.context().close()
  })

  it('brings back what was removed, with the focus on the way back', async () => {
    const page = await open()
    await change1(page)
    await page.waitForFunction(`document.activeElement.textContent === 'Undo'`)
    expect(await words(page).textContent()).not.toContain('Algebra')
    await page.keyboard.press('Enter')
    await words(page).getByText('passes Algebra').waitFor()
    await page.context().close()
  })

  it('does not save while something is missing, and leads there', async () => {
    const page = await open(given(empty))
    await page.getByRole('button', { name: 'Choose what earns it' }).click()
    await page.getByRole('button', { name: /^Passes a course/ }).click()
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Save rules' }).click()
    await page.getByText('Choose or fill in what is missing here.').waitFor()
    expect(await page.evaluate<string>('document.activeElement.id')).toBe('rule-r1')
    await page.context().close()
  })

  it('saves what stands there, and does not let it be lost before', async () => {
    let saved: unknown
    const page = await open({
      'PUT /api/v1/badge-templates/*/rules': ({ body }) => {
        saved = body
        return { body: { ...template, requirements: requirements.slice(0, 2) } }
      },
    })
    await change1(page)
    await page.getByRole('link', { name: 'Backfills' }).click()
    await page.getByRole('dialog').getByText('Your changes to the rules would be lost.').waitFor()
    await page.getByRole('button', { name: 'Cancel' }).click()
    await page.getByRole('button', { name: 'Save rules' }).click()
    await page.getByText('The rules are saved.').waitFor()
    expect(saved).toEqual({ requirements: requirements.slice(0, 2), penalties })
    await page.context().close()
  })
})
