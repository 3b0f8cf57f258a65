import { describePages, signedIn } from './console-pages.js'

const options = (given: object) => ({
  body: { needsSetUp: false, password: true, providers: [], hasMail: true, ...given },
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
})
