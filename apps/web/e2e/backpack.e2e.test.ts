import type { Page } from 'playwright-core'
import {
  addresses,
  application,
  asked,
  authorization,
  badges,
  collection,
  collections,
  dataBadge,
  detail,
  endorsement,
  host,
  imported,
  importResults,
  pathways,
  progress,
  uuid,
} from './backpack-samples.js'
import { type Answer, describePages, signedIn } from './console-pages.js'

const none = { body: { items: [], next: null } }
const overview = {
  earned: 4,
  imported: 3,
  waiting: 1,
  hidden: 0,
  isNew: 1,
  onTheWay: 2,
  unconfirmedAddresses: 1,
}
const wall: Answer = ({ url }) => {
  const isNew = url.searchParams.get('isNew') === 'true'
  const isHidden = url.searchParams.get('show') === 'hidden'
  const items = isNew ? [dataBadge] : isHidden ? badges.slice(1, 3).map(hidden) : badges
  return { body: { items, next: null } }
}
const hidden = (badge: (typeof badges)[number]) => ({ ...badge, isHidden: true })
const options = (given: object) => ({
  body: {
    needsSetUp: false,
    password: true,
    providers: [],
    hasMail: true,
    mailLink: true,
    ...given,
  },
})
const devices = {
  items: [
    {
      id: uuid(90),
      device: 'Firefox on Windows',
      method: 'link',
      address: null,
      createdAt: '2026-03-01T08:00:00Z',
      lastSeenAt: '2026-03-12T08:00:00Z',
      expiresAt: '2026-03-26T08:00:00Z',
      isCurrent: true,
    },
  ],
}
const offer = {
  offer: 'openid-credential-offer://?credential_offer_uri=x',
  qrCode:
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 5 5"><path d="M0 0h2v2H0zM3 0h2v2H3zM0 3h2v2H0zM3 3h1v1H3z"/></svg>',
  code: '4816',
  expiresAt: new Date(Date.now() + 590_000).toISOString(),
}
const press = (name: string | RegExp) => (page: Page) =>
  page.getByRole('button', { name }).first().click()
const add = async (page: Page) => {
  await page.getByLabel('Address or text of a badge').fill('https://club.example/badges/17')
  await page.getByRole('button', { name: 'Add', exact: true }).click()
}
const failed = 'That did not work'

/** The states of a page that shows what one call answers. */
function usualStates(call: string, sees: string) {
  return {
    success: { sees },
    loading: { answers: { [call]: 'pending' as const }, sees: 'Loading' },
    error: { answers: { [call]: { problem: 500 } }, sees: failed },
  }
}

describePages('backpack', {
  door: {
    path: '/backpack/sign-in',
    answers: {
      'GET /api/v1/sign-in-options': options({
        providers: [{ id: 'lms', name: 'Open University' }],
      }),
      'POST /api/v1/sign-in-links': { status: 202, body: { hasMail: true, message: 'Sent.' } },
    },
    states: {
      plain: { sees: 'Send me a link' },
      sent: {
        act: async (page) => {
          await page.getByLabel('E-mail address').first().fill('ada@learners.example')
          await press('Send me a link')(page)
        },
        sees: 'Look into your mail',
      },
      'no-mail': {
        answers: { 'GET /api/v1/sign-in-options': options({ hasMail: false, mailLink: false }) },
        sees: 'Sign in',
      },
    },
  },
  enter: {
    path: '/backpack/enter#secret',
    answers: {
      'POST /api/v1/sign-in-links/use': {
        problem: 404,
        title: 'This link has been used, or its time is over. Ask for another one.',
      },
    },
    states: {
      plain: { sees: 'Open my backpack' },
      refused: { act: press('Open my backpack'), sees: 'Send me another link' },
    },
  },
  address: {
    path: '/backpack/address#secret',
    answers: {
      ...signedIn(),
      'POST /api/v1/me/addresses/confirm': { body: { addresses, joined: true } },
    },
    states: {
      plain: { sees: 'Confirm it' },
      joined: { act: press('Confirm it'), sees: 'both are one now' },
    },
  },
  endorse: {
    path: '/backpack/endorse#secret',
    answers: {
      'POST /api/v1/endorsement-requests/read': { body: asked },
      'POST /api/v1/endorsement-requests/answer': { status: 204, body: null },
    },
    states: {
      asked: { sees: 'What can you say about Ada Lovelace?' },
      closed: {
        answers: {
          'POST /api/v1/endorsement-requests/read': { body: { ...asked, state: 'closed' } },
        },
        sees: 'This question is closed',
      },
      refused: {
        answers: {
          'POST /api/v1/endorsement-requests/read': { problem: 404, title: 'The link is over.' },
        },
        sees: 'The link is over.',
      },
    },
  },
  allow: {
    path: '/backpack/allow/abc',
    answers: { ...signedIn(), 'GET /api/v1/me/authorizations/*': { body: authorization } },
    states: usualStates('GET /api/v1/me/authorizations/*', 'If you allow it, it can'),
  },
  home: {
    path: '/backpack/',
    answers: {
      ...signedIn(),
      'GET /api/v1/backpack': { body: overview },
      'GET /api/v1/backpack/badges': wall,
      'POST /api/v1/backpack/seen': { status: 204, body: null },
      'GET /api/v1/backpack/progress': { body: progress },
      'GET /api/v1/backpack/pathways': { body: pathways },
    },
    states: {
      success: { sees: 'You have a new badge!' },
      empty: {
        answers: {
          'GET /api/v1/backpack': {
            body: { ...overview, earned: 0, imported: 0, waiting: 0, unconfirmedAddresses: 0 },
          },
          'GET /api/v1/backpack/badges': none,
          'GET /api/v1/backpack/progress': none,
          'GET /api/v1/backpack/pathways': none,
        },
        sees: 'Your badges will stand here',
      },
      menu: { act: press('Your account'), sees: 'Run badges (console)' },
      hidden: {
        act: async (page) => {
          await page.getByLabel('Which badges').selectOption('hidden')
          await page.getByRole('button', { name: 'Show Algebra again' }).waitFor()
        },
        sees: 'First Aid at Work',
      },
      loading: {
        answers: {
          'GET /api/v1/backpack': 'pending',
          'GET /api/v1/backpack/badges': 'pending',
          'GET /api/v1/backpack/progress': 'pending',
          'GET /api/v1/backpack/pathways': 'pending',
        },
        sees: 'My badges',
      },
      error: { answers: { 'GET /api/v1/backpack/badges': { problem: 500 } }, sees: failed },
    },
  },
  badge: {
    path: `/backpack/badges/${detail.id}`,
    answers: {
      ...signedIn(),
      'GET /api/v1/backpack/badges/*': { body: detail },
      'GET /api/v1/backpack/collections': { body: collections },
      'GET /api/v1/me/hosts': { body: { items: [host] } },
      'POST /api/v1/backpack/badges/*/wallet-offers': { status: 201, body: offer },
    },
    states: {
      ...usualStates('GET /api/v1/backpack/badges/*', 'What it took'),
      wallet: { act: press('Add to a wallet'), sees: '4816' },
      ask: { act: press('Ask somebody'), sees: 'Send the letter' },
      imported: {
        answers: { 'GET /api/v1/backpack/badges/*': { body: imported } },
        act: (page) => page.getByText('What was looked at').click(),
        sees: 'The issuer took this badge back',
      },
    },
  },
  import: {
    path: '/backpack/import',
    answers: {
      ...signedIn(),
      'POST /api/v1/backpack/imports': { body: importResults.kept },
      'GET /api/v1/backpack': { body: overview },
    },
    states: {
      plain: { sees: 'Drop badge files here' },
      kept: { act: add, sees: 'In your backpack' },
      waiting: {
        answers: { 'POST /api/v1/backpack/imports': { body: importResults.waiting } },
        act: add,
        sees: 'Add or confirm the address',
      },
      refused: {
        answers: { 'POST /api/v1/backpack/imports': { body: importResults.refused } },
        act: add,
        sees: 'Not added',
      },
      duplicate: {
        answers: { 'POST /api/v1/backpack/imports': { body: importResults.duplicate } },
        act: add,
        sees: 'You have it already',
      },
      working: {
        answers: { 'POST /api/v1/backpack/imports': 'pending' },
        act: add,
        sees: 'Verifying it',
      },
      error: {
        answers: { 'POST /api/v1/backpack/imports': { problem: 500 } },
        act: add,
        sees: failed,
      },
    },
  },
  'on-the-way': {
    path: '/backpack/on-the-way',
    answers: {
      ...signedIn(),
      'GET /api/v1/backpack/progress': { body: progress },
      'GET /api/v1/backpack/pathways': { body: pathways },
      'GET /api/v1/event-types': none,
    },
    states: {
      ...usualStates('GET /api/v1/backpack/progress', 'Next: Pass Statistics'),
      empty: {
        answers: {
          'GET /api/v1/backpack/progress': none,
          'GET /api/v1/backpack/pathways': none,
        },
        sees: 'You are not on the way to a badge yet',
      },
    },
  },
  collections: {
    path: '/backpack/collections',
    answers: { ...signedIn(), 'GET /api/v1/backpack/collections': { body: collections } },
    states: {
      ...usualStates('GET /api/v1/backpack/collections', 'Volunteering'),
      empty: {
        answers: { 'GET /api/v1/backpack/collections': none },
        sees: 'No collections yet',
      },
      new: { act: press('New collection'), sees: 'Create it' },
    },
  },
  collection: {
    path: `/backpack/collections/${collection.id}`,
    answers: {
      ...signedIn(),
      'GET /api/v1/backpack/collections/*': { body: collection },
      'GET /api/v1/backpack/badges': wall,
      'PATCH /api/v1/backpack/collections/*': ({ body }) => ({ body: reordered(body) }),
      'GET /api/v1/backpack/collections': { body: collections },
    },
    states: {
      ...usualStates('GET /api/v1/backpack/collections/*', 'Badges in it'),
      moved: {
        act: press('Move Data Analysis Foundations down'),
        sees: 'Data Analysis Foundations is at place 2 of 3 now.',
      },
      add: { act: press('Add badges'), sees: 'Academic Writing' },
      delete: { act: press('Delete'), sees: 'Its page and its link are gone for everybody.' },
    },
  },
  endorsements: {
    path: '/backpack/endorsements',
    answers: {
      ...signedIn(),
      'GET /api/v1/backpack/endorsements': {
        body: {
          received: detail.endorsements.map((one) => ({ badge: dataBadge, endorsement: one })),
          given: [{ badgeName: 'Algebra', learnerName: 'Alan Turing', endorsement }],
        },
      },
    },
    states: {
      ...usualStates('GET /api/v1/backpack/endorsements', 'Waiting for your answer'),
      empty: {
        answers: { 'GET /api/v1/backpack/endorsements': { body: { received: [], given: [] } } },
        sees: 'Nobody has endorsed a badge of yours yet',
      },
    },
  },
  settings: {
    path: '/backpack/settings',
    answers: {
      ...signedIn(),
      'GET /api/v1/me/addresses': { body: addresses },
      'GET /api/v1/me/mail-choices': { body: { newBadges: true, endorsements: false } },
      'GET /api/v1/me/applications': { body: { items: [application] } },
      'GET /api/v1/me/hosts': { body: { items: [host] } },
      'GET /api/v1/sessions': { body: devices },
    },
    states: {
      success: { sees: 'My addresses' },
      empty: {
        answers: { 'GET /api/v1/me/applications': none, 'GET /api/v1/me/hosts': none },
        sees: 'No application has access.',
      },
      erase: { act: press(/^Erase my account/), sees: 'Erase everything' },
      disconnect: { act: press('Disconnect Career Portfolio'), sees: 'What it has read already' },
      error: { answers: { 'GET /api/v1/me/addresses': { problem: 500 } }, sees: failed },
    },
  },
})

/** The collection as the server would keep it. */
function reordered(body: unknown) {
  const given = (body as { badges: { badgeId: string; note: string }[] }).badges
  const items = given.flatMap(({ badgeId, note }) =>
    collection.badges.filter(({ badge }) => badge.id === badgeId).map((one) => ({ ...one, note })),
  )
  return { ...collection, badges: items }
}
