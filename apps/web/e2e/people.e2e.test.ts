import type { Page } from 'playwright-core'
import { describePages, signedIn } from './console-pages.js'
import {
  ada,
  award,
  awardDetail,
  awards,
  checked,
  counts,
  doneRows,
  events,
  finished,
  history,
  issuance,
  issuanceDetail,
  issuances,
  learners,
  notBegun,
  places,
  progress,
  rows,
  running,
  templates,
} from './people-samples.js'

const { base, page } = places
const none = page([])
const titles = {
  'GET /api/v1/event-types': {
    body: {
      items: [
        {
          eventType: 'org.openedx.learning.course.passing.status.updated.v1',
          title: 'A grade passes or fails a course',
          keyword: 'course_passing_status',
          keyPaths: [],
        },
      ],
    },
  },
}
const me = { ...signedIn(), ...titles }
const viewer = signedIn({ isAdministrator: false })
const learner = {
  ...learners[0],
  progress: [progress, notBegun],
  awards: [
    award,
    { ...awards[1], learner: ada },
    { ...awards[2], learner: ada },
    { ...awards[3], learner: ada },
  ],
}
const severalAnswer = { concerned: 3, learners: 2, remaining: 0, next: null, items: [] }
const press = (name: RegExp | string) => (page: Page) =>
  page.getByRole('button', { name }).first().click()

// Found by what is the same in every language.
const more = async (page: Page) => await page.locator('main button[aria-haspopup="menu"]').click()
const erase = async (page: Page) => {
  await more(page)
  await page.getByRole('menuitem').last().click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox').fill('adam')
}
const grant = async (page: Page) => {
  await page.locator('#root main button:not([aria-haspopup])').last().waitFor()
  const buttons = page.locator('main h1').locator('xpath=../..').getByRole('button')
  await buttons.last().click()
  await page.getByRole('dialog').waitFor()
}

describePages('people', {
  learners: {
    path: `${base}/learners`,
    answers: { ...me, 'GET /api/v1/learners': page(learners, 'next') },
    states: {
      list: { sees: 'Ada Lovelace' },
      empty: { answers: { 'GET /api/v1/learners': none }, sees: /Nobody has begun/ },
      loading: { answers: { 'GET /api/v1/learners': 'pending' }, sees: 'Loading' },
      broken: { answers: { 'GET /api/v1/learners': { problem: 500 } }, sees: 'Try again' },
    },
  },
  learner: {
    path: `${base}/learners/${ada.id}`,
    answers: {
      ...me,
      'GET /api/v1/learners/*': { body: learner },
      'GET /api/v1/learners/*/events': events,
      'GET /api/v1/issuances': page(issuances.slice(1, 3)),
      'GET /api/v1/awards/*': { body: awardDetail },
      'GET /api/v1/badge-templates': page(templates),
      'POST /api/v1/learners/*/recompute': {
        body: {
          judged: 3,
          changes: [
            { change: 'granted', awardId: award.id, template: templates[1], instance: null },
          ],
        },
      },
    },
    states: {
      whole: { sees: 'Data Analysis Foundations' },
      new: {
        answers: {
          ...viewer,
          'GET /api/v1/learners/*': { body: { ...learner, progress: [], awards: [] } },
          'GET /api/v1/learners/*/events': none,
          'GET /api/v1/issuances': none,
        },
        sees: /No badge yet/,
      },
      why: {
        act: async (page) => {
          await page.locator('main article button').first().click()
          const dialog = page.getByRole('dialog')
          await dialog.locator('summary').first().click()
        },
        sees: /Pass Demo Course –/,
      },
      erase: { act: erase, sees: /Nobody can undo this/ },
      grant: { act: grant, sees: /Award a badge to/ },
      missing: { answers: { 'GET /api/v1/learners/*': { problem: 404 } }, sees: 'Try again' },
    },
  },
  awards: {
    path: `${base}/awards`,
    answers: {
      ...me,
      'GET /api/v1/awards': page(awards, 'next'),
      'GET /api/v1/badge-templates': page(templates),
      'POST /api/v1/awards/revocations': { body: severalAnswer },
    },
    states: {
      list: { sees: 'Data Analysis Foundations' },
      chosen: {
        act: async (page) => await page.locator('thead input').check(),
        sees: /4 chosen/,
      },
      revoke: {
        act: async (page) => {
          await page.locator('thead input').check()
          await page.getByRole('region').last().getByRole('button').last().click()
        },
        sees: /It concerns 2 people/,
      },
      empty: { answers: { 'GET /api/v1/awards': none }, sees: /No badge has been awarded/ },
      loading: { answers: { 'GET /api/v1/awards': 'pending' }, sees: 'Loading' },
      broken: { answers: { 'GET /api/v1/awards': 'offline' }, sees: /cannot be reached/ },
    },
  },
  award: {
    path: `${base}/awards/${award.id}`,
    answers: {
      ...me,
      'GET /api/v1/awards/*': { body: awardDetail },
      'GET /api/v1/awards/*/history': history,
    },
    states: {
      whole: { sees: 'Pass Demo Course' },
      revoked: {
        answers: {
          'GET /api/v1/awards/*': {
            body: {
              ...awardDetail,
              ...awards[2],
              revocation: { by: 'grace@university.example', lost: [] },
              issuances: [{ ...issuance, state: 'revoked', lastError: null, remedy: null }],
            },
          },
        },
        sees: 'The exam was copied.',
      },
      revoking: { act: press(/Revoke|سحب/), sees: /It concerns one person/ },
    },
  },
  imports: {
    path: `${base}/awards/import`,
    answers: {
      ...me,
      'GET /api/v1/award-imports': page([checked, running, finished]),
      'GET /api/v1/badge-templates': page(templates),
    },
    states: {
      list: { sees: 'spring-term.csv' },
      empty: { answers: { 'GET /api/v1/award-imports': none }, sees: /No file was uploaded/ },
    },
  },
  import: {
    path: `${base}/awards/import/${checked.id}`,
    answers: {
      ...me,
      'GET /api/v1/award-imports/*': { body: checked },
      'GET /api/v1/award-imports/*/rows': page(rows, 'next'),
      'GET /api/v1/badge-templates': page(templates),
    },
    states: {
      checked: { sees: 'Emmy Noether' },
      running: {
        answers: { 'GET /api/v1/award-imports/*': { body: running } },
        sees: /You may leave this page/,
      },
      done: {
        answers: {
          'GET /api/v1/award-imports/*': { body: finished },
          'GET /api/v1/award-imports/*/rows': page(doneRows),
        },
        sees: /225 badges were awarded/,
      },
    },
  },
  issuances: {
    path: `${base}/issuances`,
    answers: {
      ...me,
      'GET /api/v1/issuances': page(issuances, 'next'),
      'GET /api/v1/issuances/counts': counts,
      'POST /api/v1/issuances/retry': { body: { concerned: 17, retried: 17 } },
    },
    states: {
      list: { sees: /refused the key/ },
      chosen: {
        act: async (page) => await page.locator('tbody input').first().check(),
        sees: /1 chosen/,
      },
      empty: {
        answers: {
          'GET /api/v1/issuances': none,
          'GET /api/v1/issuances/counts': { body: { items: [] } },
          'POST /api/v1/issuances/retry': { body: { concerned: 0, retried: 0 } },
        },
        sees: /Nothing has been issued/,
      },
    },
  },
  issuance: {
    path: `${base}/issuances/${issuance.id}`,
    answers: { ...me, 'GET /api/v1/issuances/*': { body: issuanceDetail } },
    states: {
      stopped: { sees: 'Put the new key into the account, then retry.' },
      missing: { answers: { 'GET /api/v1/issuances/*': { problem: 404 } }, sees: 'Try again' },
    },
  },
})
