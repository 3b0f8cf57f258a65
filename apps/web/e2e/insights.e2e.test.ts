import type {
  Appearance,
  AwardsByBadge,
  AwardsByCourse,
  AwardsOverTime,
  BadgeFunnels,
  BadgeStops,
  IssuingDelays,
  Pathway,
  PathwayDistribution,
  PathwaySummary,
  PublicCounts,
} from '@rosette/contract'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  type Answers,
  describePages,
  launchBrowser,
  openConsole,
  sampleAppearance,
  sampleOrganization,
  signedIn,
} from './console-pages.js'

const id = (n: number) => `5f0c2d3e-7a41-4c58-9d0b-0d6a3c1f2b${String(n).padStart(2, '0')}`
const names = ['First Steps', 'Algebra', 'Data Analysis Foundations', 'Data Scientist', 'Mentor']
const [first, algebra, data, scientist, mentor] = names.map((name, n) => ({
  id: id(20 + n),
  name,
})) as [Badge, Badge, Badge, Badge, Badge]
type Badge = { id: string; name: string }

const weeks = [3, 5, 4, 8, 12, 9, 14, 11, 6, 17, 21, 19, 8]
const start = (n: number) => new Date(Date.UTC(2026, 1, 2 + n * 7)).toISOString().slice(0, 10)
const overTime: AwardsOverTime = {
  items: weeks.map((awarded, n) => ({ start: start(n), awarded, revoked: n % 5 === 3 ? 2 : 0 })),
  awarded: 137,
  revoked: 4,
}
const byBadge: AwardsByBadge = {
  items: [
    { template: data, awarded: 64, revoked: 3, learners: 64 },
    { template: algebra, awarded: 51, revoked: 1, learners: 49 },
    { template: first, awarded: 22, revoked: 0, learners: 22 },
  ],
}
const byCourse: AwardsByCourse = {
  items: [
    { course: 'course-v1:OpenedX+DemoX+Demo_Course', awarded: 64, learners: 61 },
    { course: 'course-v1:OpenedX+Algebra+2026', awarded: 51, learners: 49 },
    { course: null, awarded: 4, learners: 4 },
  ],
  isPartial: false,
  looked: 137,
}
const funnel: BadgeFunnels = {
  items: [
    { template: data, started: 210, halfWay: 128, complete: 64, holders: 66 },
    { template: algebra, started: 90, halfWay: 51, complete: 51, holders: 51 },
    { template: scientist, started: 41, halfWay: 12, complete: 3, holders: 3 },
  ],
  at: '2026-04-30T12:00:00Z',
}
const stops: BadgeStops = {
  items: [
    {
      template: data,
      started: 210,
      halfWay: 128,
      complete: 64,
      groups: [
        {
          group: 'A',
          fulfilled: 190,
          missing: 20,
          onlyMissing: 4,
          requirements: [
            { id: 'demo', description: 'Pass Demo Course', eventType: 'passing', fulfilled: 180 },
            { id: 'ccx', description: 'Pass a CCX of it', eventType: 'passing', fulfilled: 12 },
          ],
        },
        {
          group: 'B',
          fulfilled: 84,
          missing: 126,
          onlyMissing: 110,
          requirements: [
            { id: 'algebra', description: 'Pass Algebra', eventType: 'passing', fulfilled: 84 },
          ],
        },
      ],
    },
  ],
  at: '2026-04-30T12:00:00Z',
}
const delays: IssuingDelays = {
  items: [
    {
      target: { kind: 'native', name: null, accountId: null },
      issued: 120,
      waiting: 0,
      median: 1.4,
      p90: 3.2,
      slowest: 45,
    },
    {
      target: { kind: 'credly', name: 'Credly of the university', accountId: id(90) },
      issued: 15,
      waiting: 2,
      median: 95,
      p90: 5400,
      slowest: 90_000,
    },
  ],
}
const counts = {
  awardViews: 812,
  badgeViews: 240,
  shares: 61,
  visits: 190,
  downloads: 88,
  verifications: 37,
}
const publicPages: PublicCounts = {
  items: weeks.map((n, at) => ({
    start: start(at),
    awardViews: n * 6,
    badgeViews: n * 2,
    shares: 0,
    visits: 0,
    downloads: 0,
    verifications: 0,
  })),
  badges: [{ template: data, ...counts, awards: 66, claimed: 41 }],
  totals: counts,
}
const none = Object.fromEntries(Object.keys(counts).map((kind) => [kind, 0])) as typeof counts

const choice = {
  items: [first, algebra, data, scientist, mentor].map((one) => ({ ...one, state: 'active' })),
  next: null,
}
const insights: Answers = {
  ...signedIn(),
  'GET /api/v1/badge-templates': { body: choice },
  'GET /api/v1/insights/awards': { body: overTime },
  'GET /api/v1/insights/badges': { body: byBadge },
  'GET /api/v1/insights/courses': { body: byCourse },
  'GET /api/v1/insights/funnel': { body: funnel },
  'GET /api/v1/insights/stops': { body: stops },
  'GET /api/v1/insights/delays': { body: delays },
  'GET /api/v1/insights/public-pages': { body: publicPages },
}
const ask = (what: string) => `GET /api/v1/insights/${what}`
const everyInsight = ['awards', 'badges', 'courses', 'funnel', 'stops', 'delays', 'public-pages']
const allAnswer = (answer: Answers[string]): Answers =>
  Object.fromEntries(everyInsight.map((what) => [ask(what), answer]))

const map: Pathway = {
  id: id(50),
  organizationId: sampleOrganization.id,
  name: 'Data science',
  description: 'From the first course to a badge that employers know.',
  isPublic: true,
  createdAt: '2026-01-01T00:00:00Z',
  updatedAt: '2026-04-01T00:00:00Z',
  publicUrl: 'https://badges.example/public/pathways/abc',
  badges: [
    { template: { ...first, state: 'active' }, level: 1, isMilestone: false },
    { template: { ...algebra, state: 'active' }, level: 2, isMilestone: false },
    { template: { ...data, state: 'active' }, level: 2, isMilestone: true },
    { template: { ...scientist, state: 'draft' }, level: 3, isMilestone: true },
  ],
  links: [
    { from: first.id, to: algebra.id, by: 'hand' },
    { from: first.id, to: data.id, by: 'rules' },
    { from: algebra.id, to: scientist.id, by: 'hand' },
    { from: data.id, to: scientist.id, by: 'rules' },
  ],
}
const distribution: PathwayDistribution = {
  learners: 140,
  finished: 3,
  badges: [
    { templateId: first.id, holders: 140, here: 60 },
    { templateId: algebra.id, holders: 51, here: 20 },
    { templateId: data.id, holders: 66, here: 57 },
    { templateId: scientist.id, holders: 3, here: 3 },
  ],
  mostStopAt: first.id,
  at: '2026-04-30T12:00:00Z',
}
const { publicUrl: _, badges, links: __, ...facts } = map
const summary: PathwaySummary = {
  ...facts,
  badges: badges.length,
  pictures: badges.map(({ template }) => template.id),
}
const pathway: Answers = {
  ...signedIn(),
  'GET /api/v1/badge-templates': { body: choice },
  'GET /api/v1/pathways/*': { body: map },
  'GET /api/v1/pathways/*/distribution': { body: distribution },
}
const dressed: Appearance = {
  ...sampleAppearance,
  name: 'Riverbend Badges',
  isChanged: true,
  chosenAccent: '#f59e0b',
  logoUrl: '/brand/icon',
  accents: {
    light: { colour: '#966107', letters: '#ffffff', isAdjusted: true },
    dark: { colour: '#f59e0b', letters: '#16163a', isAdjusted: false },
  },
  footerText: 'Run by the registrar of Riverbend University.',
  footerLinks: [{ label: 'Imprint', url: 'https://riverbend.example/imprint' }],
  updatedAt: '2026-04-01T00:00:00Z',
}

const place = `/console/o/${sampleOrganization.slug}`
const refusal = { problem: 503, title: 'Counting took too long and was stopped.' } as const

describePages('insights', {
  insights: {
    path: `${place}/insights`,
    answers: insights,
    states: {
      shown: { sees: /137|١٣٧/ },
      'one-badge': {
        act: async (page) => {
          await page.getByRole('combobox').nth(2).selectOption(data.id)
        },
        sees: 'Pass Algebra',
      },
      tables: {
        act: async (page) => {
          await page.locator('summary').first().waitFor()
          for (const one of await page.locator('summary').all()) await one.click()
        },
        sees: 'Credly of the university',
      },
      loading: { answers: allAnswer('pending'), sees: /.+/ },
      refused: { answers: allAnswer(refusal), sees: refusal.title },
      empty: {
        answers: {
          [ask('awards')]: { body: { items: [], awarded: 0, revoked: 0 } },
          [ask('badges')]: { body: { items: [] } },
          [ask('courses')]: { body: { items: [], isPartial: false, looked: 0 } },
          [ask('funnel')]: { body: { items: [], at: funnel.at } },
          [ask('delays')]: { body: { items: [] } },
          [ask('public-pages')]: { body: { items: [], badges: [], totals: none } },
        },
        sees: /.+/,
      },
    },
  },
  pathways: {
    path: `${place}/pathways`,
    answers: {
      ...signedIn(),
      'GET /api/v1/pathways': {
        body: {
          items: [summary, { ...summary, id: id(51), name: 'Teaching', isPublic: false }],
          next: null,
        },
      },
    },
    states: {
      shown: { sees: 'Data science' },
      empty: {
        answers: { 'GET /api/v1/pathways': { body: { items: [], next: null } } },
        sees: /.+/,
      },
      loading: { answers: { 'GET /api/v1/pathways': 'pending' }, sees: /.+/ },
      refused: { answers: { 'GET /api/v1/pathways': refusal }, sees: refusal.title },
      new: {
        act: async (page) => {
          await page.getByRole('main').getByRole('button').first().click()
          await page.getByRole('dialog').waitFor()
        },
        sees: /.+/,
      },
    },
  },
  pathway: {
    path: `${place}/pathways/${map.id}`,
    answers: pathway,
    states: {
      shown: { sees: 'Data Scientist' },
      list: {
        act: async (page) => await page.getByRole('tab').nth(1).click(),
        sees: 'Data Scientist',
      },
      editor: {
        act: async (page) => {
          await page.getByRole('main').getByRole('button').nth(1).click()
          await page.getByRole('button', { pressed: false }).first().waitFor()
        },
        sees: 'What leads to what',
      },
      empty: {
        answers: { 'GET /api/v1/pathways/*': { body: { ...map, badges: [], links: [] } } },
        sees: 'Data science',
      },
      refused: {
        answers: { 'GET /api/v1/pathways/*': { problem: 404, title: 'There is no pathway.' } },
        sees: 'There is no pathway.',
      },
    },
  },
  appearance: {
    path: '/console/platform/appearance',
    answers: signedIn(),
    states: {
      brand: { sees: 'Rosette' },
      dressed: {
        answers: { 'GET /api/v1/appearance': { body: dressed } },
        sees: 'Riverbend Badges',
      },
      loading: { answers: { 'GET /api/v1/appearance': 'pending' }, sees: /.+/ },
      refused: { answers: { 'GET /api/v1/appearance': refusal }, sees: refusal.title },
    },
  },
})

describe('a pathway', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await launchBrowser()
  })
  afterAll(async () => await browser.close())

  it('is drawn by the keyboard alone, and a circle is not let in', async () => {
    const saved: unknown[] = []
    const { page, faults } = await openConsole(browser, `${place}/pathways/${map.id}`, {
      ...pathway,
      'PATCH /api/v1/pathways/*': ({ body }) => {
        saved.push(body)
        return { body: map }
      },
    })
    await page.getByRole('button', { name: 'Edit map' }).press('Enter')
    await page.getByLabel('Add a badge').selectOption({ label: 'Mentor' })
    await page.getByRole('button', { name: 'Add', exact: true }).press('Enter')
    await page.getByLabel('This badge').selectOption({ label: 'Data Scientist' })
    await page.getByLabel('leads to', { exact: true }).selectOption({ label: 'First Steps' })
    await page.getByText('That would lead in a circle.').waitFor()
    expect(await page.getByRole('button', { name: 'Connect' }).isDisabled()).toBe(true)
    // Two badges on the map, pressed one after the other, do the same as the form.
    await page.getByRole('button', { name: /^Data Scientist/, pressed: false }).press('Enter')
    await page.getByRole('button', { name: /^Mentor/, pressed: false }).press('Enter')
    await page.getByText('Data Scientist leads to Mentor').waitFor()
    await page.getByRole('button', { name: 'Save map' }).press('Enter')
    await page.getByText('The map is saved.').waitFor()
    expect(saved).toEqual([
      {
        badges: [first, algebra, data, scientist, mentor].map((one) => ({
          templateId: one.id,
          isMilestone: one === data || one === scientist,
        })),
        links: [
          { from: first.id, to: algebra.id },
          { from: algebra.id, to: scientist.id },
          { from: scientist.id, to: mentor.id },
        ],
      },
    ])
    expect(faults).toEqual([])
    await page.context().close()
  })
})

describe('the appearance', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await launchBrowser()
  })
  afterAll(async () => await browser.close())

  it('is seen while it is chosen, says what is adjusted, and dresses the console when it is saved', async () => {
    const { page, faults } = await openConsole(browser, '/console/platform/appearance', {
      ...signedIn(),
      'PUT /api/v1/appearance': ({ body }) => {
        expect(body).toMatchObject({ name: 'Riverbend Badges', accent: '#f59e0b' })
        return { body: { ...dressed, logoUrl: null } }
      },
    })
    await page.getByLabel('Name of the site').fill('Riverbend Badges')
    await page.getByLabel('Accent colour').first().fill('#f59e0b')
    await page
      .getByText(/On light pages it is made darker, #\w{6}, so that it can be read/)
      .waitFor()
    expect(await page.getByText('Riverbend Badges').count()).toBe(2)
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('The site looks like this now.').waitFor()
    const accent = `getComputedStyle(document.documentElement).getPropertyValue('--rosette-accent')`
    expect(await page.evaluate<string>(accent)).toBe('#966107')
    await page.waitForFunction(`document.title.endsWith('Riverbend Badges')`)
    expect(faults).toEqual([])
    await page.context().close()
  })
})
