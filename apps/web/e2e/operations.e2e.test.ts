import type { Page } from 'playwright-core'
import { describePages, sampleOrganization, signedIn } from './console-pages.js'
import * as samples from './operations-samples.js'

const base = `/console/o/${sampleOrganization.slug}`
const one = (body: object) => ({ body })
const page = (items: readonly object[]) => ({ body: { items, next: null } })
const nothing = page([])
const newcomer = {
  ...samples.dashboard,
  days: samples.dashboard.days.map((day) => ({
    ...day,
    events: 0,
    awards: 0,
    revocations: 0,
    issued: 0,
  })),
  eventsAreEstimated: false,
  waiting: { queued: 0, issuing: 0, issued: 0, failed: 0, stopped: 0, revoking: 0, revoked: 0 },
  needs: [],
  latestAwards: [],
  firstSteps: { badge: true, preview: false, activation: false, events: false, colleague: false },
}

const inDashboard = { ...signedIn(), 'GET /api/v1/dashboard': one(samples.dashboard) }
const problemsOf = (what: string) => ({
  answers: { [what]: { problem: 500 } },
  sees: /Something went wrong|Try again/,
})

async function openSearch(at: Page, text: string) {
  await at
    .getByRole('button', { name: /^Search|^البحث/ })
    .or(at.locator('[aria-keyshortcuts]'))
    .first()
    .waitFor()
  await at.keyboard.press('Control+k')
  await at.getByRole('dialog').locator('input').fill(text)
}

const wanted = { type: samples.letter.reason, count: 3 }

describePages('operations', {
  dashboard: {
    path: base,
    answers: inDashboard,
    states: {
      full: { sees: '14 badges could not be issued at Credly (University at Credly).' },
      newcomer: {
        answers: { 'GET /api/v1/dashboard': one(newcomer) },
        sees: 'See who would get it',
      },
      loading: { answers: { 'GET /api/v1/dashboard': 'pending' }, sees: 'Dashboard' },
      broken: problemsOf('GET /api/v1/dashboard'),
    },
  },
  search: {
    path: base,
    answers: inDashboard,
    states: {
      results: {
        answers: { 'GET /api/v1/search': { body: { items: samples.found, isWhole: true } } },
        act: (at) => openSearch(at, 'ada'),
        sees: '2 results',
      },
      none: {
        answers: { 'GET /api/v1/search': { body: { items: [], isWhole: false } } },
        act: (at) => openSearch(at, 'zzz'),
        sees: '0 results',
      },
    },
  },
  events: {
    path: '/console/platform/events',
    answers: {
      ...inDashboard,
      'GET /api/v1/event-types': page([]),
      'GET /api/v1/events': page(samples.events),
      'GET /api/v1/events/*': one(samples.events[0] ?? {}),
    },
    states: {
      tail: { sees: 'Live' },
      opened: {
        act: async (at) => {
          await at.locator('.mantine-Accordion-control').first().click()
          await at.locator('.mantine-Accordion-panel dl').first().waitFor()
        },
        sees: 'completed Data Analysis Foundations for Ada Lovelace',
      },
      empty: { answers: { 'GET /api/v1/events': nothing }, sees: 'No event has arrived yet' },
      broken: problemsOf('GET /api/v1/events'),
    },
  },
  event: {
    path: `/console/platform/events/${samples.events[0]?.id}`,
    answers: { ...inDashboard, 'GET /api/v1/events/*': one(samples.events[0] ?? {}) },
    states: {
      full: { sees: 'fulfilled Algebra of Data Analysis Foundations for Ada Lovelace' },
      missing: {
        answers: { 'GET /api/v1/events/*': { problem: 404, title: 'There is no such event.' } },
        sees: 'There is no such event.',
      },
    },
  },
  'dead-letters': {
    path: '/console/platform/dead-letters',
    answers: {
      ...inDashboard,
      'GET /api/v1/dead-letters/counts': {
        body: { items: [{ state: 'parked', reason: wanted.type, count: wanted.count }] },
      },
      'GET /api/v1/dead-letters': page([samples.letter]),
      'GET /api/v1/dead-letters/*': one(samples.letter),
    },
    states: {
      grouped: { sees: 'An event type that is not known' },
      opened: {
        act: async (at) => {
          await at.locator('.mantine-Accordion-control').first().click()
          await at.locator('[role="tab"]').nth(1).click()
        },
        sees: 'Payload, 27 bytes',
      },
      discarding: {
        act: async (at) => {
          await at.locator('.mantine-Accordion-control').first().click()
          await at.locator('.mantine-Accordion-panel button').nth(1).click()
          await at.getByRole('dialog').waitFor()
        },
        sees: 'It will not be tried again.',
      },
      empty: {
        answers: { 'GET /api/v1/dead-letters/counts': { body: { items: [] } } },
        sees: 'There are no dead letters',
      },
      broken: problemsOf('GET /api/v1/dead-letters/counts'),
    },
  },
  bus: {
    path: '/console/platform/bus',
    answers: {
      ...inDashboard,
      'GET /api/v1/bus': one(samples.bus),
      'GET /api/v1/signals': nothing,
    },
    states: {
      full: { sees: '3,450 behind' },
      away: {
        answers: {
          'GET /api/v1/bus': one({
            ...samples.bus,
            problem: 'connect ECONNREFUSED 10.0.0.5:6379.',
            topics: [],
            running: [],
          }),
        },
        sees: 'The event bus cannot be reached',
      },
      broken: problemsOf('GET /api/v1/bus'),
    },
  },
  providers: {
    path: `${base}/providers`,
    answers: {
      ...inDashboard,
      'GET /api/v1/provider-accounts': page([
        samples.account,
        {
          ...samples.account,
          id: samples.issuer.id,
          provider: 'badgr',
          name: 'Our own Badgr',
          state: 'working',
          pausedAt: null,
          pauseReason: null,
          keyExpiresAt: null,
          issuances: { issued: 210 },
        },
      ]),
      'GET /api/v1/issuers': page([samples.issuer]),
    },
    states: {
      list: { sees: 'University at Credly' },
      empty: {
        answers: { 'GET /api/v1/provider-accounts': nothing },
        sees: 'There are no accounts',
      },
      broken: problemsOf('GET /api/v1/provider-accounts'),
    },
  },
  'provider-choice': {
    path: `${base}/providers?add=choose`,
    answers: { ...inDashboard, 'GET /api/v1/issuers': page([samples.issuer]) },
    states: { choice: { sees: 'Accredible' } },
  },
  'provider-addition': {
    path: `${base}/providers?add=credly`,
    answers: {
      ...inDashboard,
      'GET /api/v1/issuers': page([samples.issuer]),
      'POST /api/v1/provider-accounts': {
        problem: 422,
        title: 'Credly answered 401: the token was not accepted.',
      },
    },
    states: {
      form: { sees: 'Organization token' },
      refused: {
        act: async (at) => {
          await at.locator('form input[type="text"], form input:not([type])').nth(1).fill('x')
          await at.locator('form input[type="password"]').fill('secret')
          await at.locator('form button[type="submit"]').click()
          await at.getByRole('alert').waitFor()
        },
        sees: 'Credly answered 401: the token was not accepted.',
      },
    },
  },
  provider: {
    path: `${base}/providers/${samples.account.id}`,
    answers: {
      ...inDashboard,
      'GET /api/v1/provider-accounts/*': one(samples.account),
      'GET /api/v1/provider-templates': nothing,
      'GET /api/v1/provider-events': nothing,
    },
    states: {
      paused: { sees: 'How it works at Credly' },
      missing: {
        answers: {
          'GET /api/v1/provider-accounts/*': { problem: 404, title: 'There is no such account.' },
        },
        sees: 'There is no such account.',
      },
    },
  },
  issuers: {
    path: `${base}/issuers`,
    answers: { ...inDashboard, 'GET /api/v1/issuers': page([samples.issuer]) },
    states: {
      list: { sees: 'One key in use' },
      empty: { answers: { 'GET /api/v1/issuers': nothing }, sees: 'There is no issuer yet' },
      broken: problemsOf('GET /api/v1/issuers'),
    },
  },
  issuer: {
    path: `${base}/issuers/${samples.issuer.id}`,
    answers: {
      ...inDashboard,
      'GET /api/v1/issuers/*': one(samples.issuer),
      'GET /api/v1/issuers/*/reissues': {
        body: {
          items: [
            {
              id: samples.issuer.id,
              issuerId: samples.issuer.id,
              keyId: null,
              templateId: null,
              requestedBy: 'Grace Hopper',
              requestedAt: samples.issuer.createdAt,
              reissued: 1204,
              failed: 1,
              lastError: 'Award 1: its badge has no name.',
              finishedAt: samples.issuer.createdAt,
            },
          ],
        },
      },
      'GET /api/v1/issuers/*/keys/*/badges': { body: { badges: 1205 } },
      'GET /api/v1/endorsements': nothing,
    },
    states: {
      full: { sees: '1,204 badges signed' },
      stolen: {
        act: async (at) => {
          await at.locator('#issuer-keys').waitFor()
          await at.locator('section[aria-labelledby="issuer-keys"] li button').first().click()
          await at.getByRole('dialog').waitFor()
        },
        sees: '1,205 badges in force were signed with it',
      },
    },
  },
  configuration: {
    path: '/console/platform/configuration',
    answers: { ...inDashboard, 'GET /api/v1/configuration': one(samples.configuration) },
    states: {
      good: { sees: 'The settings are good' },
      bad: {
        answers: {
          'GET /api/v1/configuration': one({
            ...samples.configuration,
            problems: [{ setting: 'PORT', problem: 'is "many".', remedy: 'Write a whole number.' }],
          }),
        },
        sees: 'One setting is wrong',
      },
      broken: problemsOf('GET /api/v1/configuration'),
    },
  },
  welcome: {
    path: '/console/welcome',
    answers: signedIn(),
    states: {
      administrator: { sees: 'Make the first organization' },
      stranger: {
        answers: signedIn({ isAdministrator: false }),
        sees: 'Ask for an invitation',
      },
    },
  },
})
