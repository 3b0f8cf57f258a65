import { describePages, sampleOrganization, signedIn } from './console-pages.js'

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
const known = {
  items: [
    {
      id: '1d1f2a52-6a0e-4b37-b7d9-7f1b4f9c2a11',
      device: 'Firefox on Windows',
      method: 'password',
      address: '203.0.113.7',
      createdAt: '2026-03-01T08:00:00Z',
      lastSeenAt: '2026-03-12T08:00:00Z',
      expiresAt: '2026-03-26T08:00:00Z',
      isCurrent: true,
    },
    {
      id: '1d1f2a52-6a0e-4b37-b7d9-7f1b4f9c2a12',
      device: 'Safari on iPhone',
      method: 'lms',
      address: null,
      createdAt: '2026-03-01T08:00:00Z',
      lastSeenAt: '2026-03-02T08:00:00Z',
      expiresAt: '2026-03-26T08:00:00Z',
      isCurrent: false,
    },
  ],
}

const o = `/console/o/${sampleOrganization.slug}`
const colleague = {
  userId: '0b7f0c9e-52c4-4a5b-8a55-f3b0a1f9d202',
  name: 'Ada Lovelace',
  email: 'ada@university.example',
  role: 'editor',
  claimedFrom: null,
  isDisabled: false,
  lastSeenAt: '2026-03-12T08:00:00Z',
  createdAt: '2026-03-01T08:00:00Z',
}
const members = {
  items: [
    { ...colleague, role: 'owner' },
    {
      ...colleague,
      userId: '0b7f0c9e-52c4-4a5b-8a55-f3b0a1f9d203',
      name: 'Alan Turing',
      email: 'alan@university.example',
      claimedFrom: 'lms',
      isDisabled: true,
    },
  ],
}
const invited = {
  id: '0b7f0c9e-52c4-4a5b-8a55-f3b0a1f9d210',
  organizationId: sampleOrganization.id,
  email: 'emmy@university.example',
  role: 'staff',
  createdBy: 'grace@university.example',
  createdAt: '2026-03-01T08:00:00Z',
  mailedAt: null,
  expiresAt: '2026-03-08T08:00:00Z',
  isExpired: true,
}
const token = {
  id: '0b7f0c9e-52c4-4a5b-8a55-f3b0a1f9d220',
  name: 'Course import',
  hint: 'rosette_Ab3d',
  organizationId: sampleOrganization.id,
  permissions: ['award:read', 'award:edit'],
  createdBy: 'grace@university.example',
  createdAt: '2026-03-01T08:00:00Z',
  expiresAt: '2036-03-01T08:00:00Z',
  lastUsedAt: '2026-03-12T08:00:00Z',
  revokedAt: null,
}
const revoked = { ...token, id: token.id.replace('220', '221'), revokedAt: '2026-03-12T08:00:00Z' }
const user = {
  id: '0b7f0c9e-52c4-4a5b-8a55-f3b0a1f9d202',
  name: 'Ada Lovelace',
  email: 'ada@university.example',
  isAdministrator: true,
  hasPassword: true,
  providers: [],
  organizations: [{ ...sampleOrganization, role: 'owner' }],
  createdAt: '2026-03-01T08:00:00Z',
  lastSeenAt: null,
  disabledAt: '2026-03-12T08:00:00Z',
}
const entry = {
  id: 7,
  at: '2026-03-12T08:00:00Z',
  actor: 'ada@university.example',
  action: 'template.update',
  subject: 'template/0b7f0c9e-52c4-4a5b-8a55-f3b0a1f9d230',
  organizationId: sampleOrganization.id,
  detail: {},
  before: { name: 'Demo' },
  after: { name: 'Data Analysis Foundations' },
}
const none = { body: { items: [], next: null } }
const found = {
  organization: { id: sampleOrganization.id, name: sampleOrganization.name },
  role: 'editor',
  email: 'emmy@university.example',
  invitedBy: 'grace@university.example',
  hasAccount: false,
  signedInAs: null,
}

/** The four states of a page with one list. */
function listStates(call: string, sees: { success: string; empty: string }) {
  return {
    success: { sees: sees.success },
    empty: { answers: { [call]: none }, sees: sees.empty },
    loading: { answers: { [call]: 'pending' as const }, sees: sampleOrganization.name },
    error: { answers: { [call]: { problem: 500 } }, sees: 'That did not work' },
  }
}

describePages('account', {
  'sign-in': {
    path: '/console/sign-in',
    answers: { 'GET /api/v1/sign-in-options': options({}) },
    states: {
      plain: { sees: 'Forgotten your password?' },
      providers: {
        answers: {
          'GET /api/v1/sign-in-options': options({
            needsSetUp: true,
            providers: [{ id: 'lms', name: 'Open University LMS' }],
          }),
        },
        sees: 'Sign in with Open University LMS',
      },
      loading: { answers: { 'GET /api/v1/sign-in-options': 'pending' }, sees: 'Sign in' },
      error: {
        answers: { 'GET /api/v1/sign-in-options': 'offline' },
        sees: 'The server cannot be reached',
      },
      refused: {
        answers: {
          'POST /api/v1/session': {
            problem: 401,
            title: 'The e-mail address or the password is wrong.',
          },
        },
        act: async (page) => {
          await page.locator('input[type=email]').fill('ada@example.com')
          await page.locator('input[name=password]').fill('wrong')
          await page.locator('button[type=submit]').click()
          await page.locator('[role=alert]').waitFor()
        },
        sees: 'The e-mail address or the password is wrong.',
      },
    },
  },
  'set-up': {
    path: '/console/set-up#secret',
    answers: {},
    states: {
      plain: { sees: 'You are the first one here' },
      faults: {
        act: async (page) => await page.locator('button[type=submit]').click(),
        sees: 'This is no e-mail address.',
      },
    },
  },
  'set-up-without-secret': {
    path: '/console/set-up',
    answers: {},
    states: { plain: { sees: 'This link is not complete' } },
  },
  forgotten: {
    path: '/console/forgotten-password',
    answers: { 'POST /api/v1/password-resets': { status: 202, body: { hasMail: true } } },
    states: {
      plain: { sees: 'Send the link' },
      sent: {
        act: async (page) => {
          await page.locator('input[type=email]').fill('ada@example.com')
          await page.locator('button[type=submit]').click()
          await page.locator('[role=status]').waitFor()
        },
        sees: 'a link is on its way',
      },
    },
  },
  'new-password': {
    path: '/console/reset-password#secret',
    answers: {},
    states: { plain: { sees: 'Choose a new password' } },
  },
  me: {
    path: '/console/me',
    answers: { ...signedIn(), 'GET /api/v1/sessions': { body: known } },
    states: {
      success: { sees: 'Safari on iPhone' },
      loading: { answers: { 'GET /api/v1/sessions': 'pending' }, sees: 'Sign out everywhere' },
      error: { answers: { 'GET /api/v1/sessions': { problem: 500 } }, sees: 'That did not work' },
    },
  },
  members: {
    path: `${o}/members`,
    answers: {
      ...signedIn(),
      'GET /api/v1/organizations/*/members': { body: members },
      'GET /api/v1/organizations/*/invitations': { body: { items: [invited] } },
    },
    states: {
      ...listStates('GET /api/v1/organizations/*/members', {
        success: 'emmy@university.example',
        empty: 'Nobody belongs here yet',
      }),
      inviting: {
        answers: {
          'POST /api/v1/organizations/*/invitations': {
            status: 201,
            body: { ...invited, link: 'https://badges.example/console/invitation#a-secret' },
          },
        },
        act: async (page) => {
          await page.locator('main button').first().click()
          await page.locator('[role=dialog] input[type=email]').fill('emmy@university.example')
          await page.locator('[role=dialog] button[type=submit]').click()
          await page.getByText('invitation#a-secret').waitFor()
        },
        sees: 'invitation#a-secret',
      },
    },
  },
  tokens: {
    path: `${o}/tokens`,
    answers: { ...signedIn(), 'GET /api/v1/tokens': { body: { items: [token, revoked] } } },
    states: listStates('GET /api/v1/tokens', { success: 'rosette_Ab3d', empty: 'No tokens yet' }),
  },
  audit: {
    path: `${o}/audit?action=template`,
    answers: { ...signedIn(), 'GET /api/v1/audit-log': { body: { items: [entry], next: null } } },
    states: listStates('GET /api/v1/audit-log', {
      success: 'template.update',
      empty: 'Nothing has been changed yet',
    }),
  },
  organization: {
    path: `${o}/settings`,
    answers: signedIn(),
    states: { success: { sees: 'Stands in addresses of the console' } },
  },
  organizations: {
    path: '/console/platform/organizations',
    answers: {
      ...signedIn(),
      'GET /api/v1/organizations': {
        body: {
          items: [{ ...sampleOrganization, createdAt: '2026-03-01T08:00:00Z' }],
          next: null,
        },
      },
    },
    states: {
      success: { sees: 'New organization' },
      error: { answers: { 'GET /api/v1/organizations': 'offline' }, sees: 'cannot be reached' },
    },
  },
  users: {
    path: '/console/platform/users',
    answers: { ...signedIn(), 'GET /api/v1/users': { body: { items: [user], next: null } } },
    states: {
      success: { sees: 'Switched off' },
      empty: { answers: { 'GET /api/v1/users': none }, sees: 'Nobody was found' },
    },
  },
  invitation: {
    path: '/console/invitation#secret',
    answers: { 'POST /api/v1/invitations/find': { body: found } },
    states: {
      new: { sees: 'You are invited to work with the badges of' },
      known: {
        answers: { 'POST /api/v1/invitations/find': { body: { ...found, hasAccount: true } } },
        sees: 'has an account here',
      },
      refused: {
        answers: {
          'POST /api/v1/invitations/find': { problem: 410, title: 'This link has been used.' },
        },
        sees: 'This link has been used.',
      },
    },
  },
})
