import { AxeBuilder } from '@axe-core/playwright'
import { createCredlySimulator, credlySimulatorDefaults } from '@rosette/providers'
import { findFreePort } from '@rosette/testkit'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { anAccountWithBadge, anIssuance } from '../src/testing/sample-issuances.js'
import { createTestApp, type TestApp } from '../src/testing/test-app.js'

/** Set it to a folder to look at the pages afterwards. */
const screenshots = process.env['ROSETTE_SCREENSHOTS']

let app: TestApp
let server: ReturnType<TestApp['createServer']>
let browser: Browser
let origin: string
let credly: string
const simulator = createCredlySimulator()
const paths: Record<string, string> = {
  'sign-in': '/admin/sign-in',
  overview: '/admin',
  providers: '/admin/providers',
  'new-credly': '/admin/providers/new/credly',
  'new-accredible': '/admin/providers/new/accredible',
  'new-badgr': '/admin/providers/new/badgr',
  issuances: '/admin/issuances',
  'issuances-none': '/admin/issuances?account=native',
  missing: '/admin/issuances/nothing-like-this',
}

beforeAll(async () => {
  const port = await findFreePort()
  origin = `http://127.0.0.1:${port}`
  app = await createTestApp({ ROSETTE_BASE_URL: origin })
  server = app.createServer()
  await server.listen({ port, host: '127.0.0.1' })
  credly = `${(await simulator.listen(0, '127.0.0.1')).replace('127.0.0.1', 'localhost')}/api/v1/`
  browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] })
  await makeIssuances()
})
afterAll(async () => {
  await browser?.close()
  await server?.close()
  await simulator.close()
  await app?.drop()
})

async function makeIssuances() {
  const soon = new Date(Date.now() + 5 * 86_400_000).toISOString()
  const paused = await anAccountWithBadge(app, {
    name: 'Accredible of the library',
    provider: 'accredible',
    external_id: null,
    key_expires_at: soon,
    paused_at: '2026-06-01T09:12:00Z',
    pause_reason: 'Accredible did not accept the key.',
    next_probe_at: '2026-06-01T09:17:00Z',
  })
  const { account, templateId, organizationId } = paused
  const detail = { account: account.name, provider: 'accredible' }
  const subject = `provider-account/${account.id}`
  const reason = 'Accredible did not accept the key.'
  await app.notices.open(app.db, {
    kind: 'account-paused',
    subject,
    organizationId,
    detail: { ...detail, reason },
  })
  await app.notices.open(app.db, {
    kind: 'key-ends-soon',
    subject,
    organizationId,
    detail: { ...detail, keyExpiresAt: soon },
  })
  const names = ['Ada Lovelace', 'Grace Hopper', 'Wolfeschlegelsteinhausenbergerdorff the Elder']
  const failed = {
    state: 'failed',
    attempts: 3,
    last_error: 'Accredible answered 503 Service Unavailable.',
    remedy: 'It is tried again by itself. If it lasts, look at status.accredible.com.',
    next_try_at: '2030-06-01T09:30:00Z',
  } as const
  let last = ''
  for (const name of names) {
    last = (await anIssuance(app, { templateId, learner: { name } }, failed)).id
  }
  const stopped = {
    state: 'stopped',
    last_error: 'The learner has no e-mail address.',
    remedy: 'Enter one in the LMS; it is tried again when it arrives.',
    reason: 'learner-incomplete',
  } as const
  await anIssuance(app, { templateId, learner: { name: 'Carl Gauß' } }, stopped)
  for (let n = 0; n < 9; n += 1) {
    const there = {
      state: 'issued',
      external_id: `c${n}`,
      external_url: `https://www.credential.example/${n}`,
      external_state: 'published',
      issued_at: '2026-05-01T08:00:00Z',
    } as const
    await anIssuance(app, { templateId, learner: { name: `Learner ${n}` } }, there)
  }
  const endedThere = {
    state: 'revoked',
    external_state: 'expired',
    reason: 'ended-there',
    note: 'Accredible was asked: expired.',
    remedy: 'Revoke the award here as well, or retry, which issues the badge anew.',
  } as const
  await anIssuance(app, { templateId, learner: { name: 'Katherine Johnson' } }, endedThere)
  paths['issuance'] = `/admin/issuances/${last}`
  paths['account'] = `/admin/providers/${account.id}`
}

async function signedIn(options: Parameters<Browser['newContext']>[0] = {}) {
  const context = await browser.newContext(options)
  const tab = await context.newPage()
  await tab.goto(`${origin}/admin`)
  await tab.getByLabel('Administration token').fill(app.adminToken)
  await tab.getByRole('button', { name: 'Sign in' }).click()
  await tab.getByRole('heading', { name: 'Overview' }).waitFor()
  return { context, tab }
}

async function picture(tab: Page, name: string) {
  if (screenshots === undefined) return
  const clip = { x: 0, y: 0, width: tab.viewportSize()?.width ?? 0, height: 1400 }
  await tab.screenshot({ path: `${screenshots}/admin-${name}.png`, fullPage: true, clip })
}

async function assertAccessible(tab: Page) {
  const { violations } = await new AxeBuilder({ page: tab }).analyze()
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([])
  const width = Number(await tab.evaluate('document.documentElement.scrollWidth'))
  expect(width).toBeLessThanOrEqual(tab.viewportSize()?.width ?? 0)
}

const looks = [
  { look: 'light', colorScheme: 'light', viewport: { width: 1280, height: 900 } },
  { look: 'dark', colorScheme: 'dark', viewport: { width: 1280, height: 900 } },
  { look: 'phone', colorScheme: 'light', viewport: { width: 390, height: 844 } },
] as const

describe('the administration in a browser', () => {
  it('adds an account by its key, tried at the provider, and reads its templates', async () => {
    const { context, tab } = await signedIn()
    await tab.getByRole('link', { name: 'Providers' }).click()
    await tab.getByRole('link', { name: 'Add an account at Credly' }).click()
    const add = async (token: string) => {
      await tab.getByRole('textbox', { name: 'Name' }).fill('Credly of the university')
      await tab.getByLabel('Organization id').fill(credlySimulatorDefaults.organizationId)
      await tab.getByLabel('Address of the API').fill(credly)
      await tab.getByLabel('Organization token').fill(token)
      await tab.getByRole('button', { name: 'Add the account' }).click()
    }
    await add('wrong')
    await tab.getByRole('alert').waitFor()
    await picture(tab, 'new-credly-refused')
    expect(await tab.getByLabel('Organization token').inputValue()).toBe('')
    await add(credlySimulatorDefaults.token)
    await tab.getByText('The account was added.').waitFor()
    await tab.getByText('60 templates: 60 new.').waitFor()
    await tab.getByRole('button', { name: 'Sync templates now' }).click()
    await tab.getByText('60 templates: nothing has changed.').first().waitFor()
    await tab.getByRole('button', { name: 'Test the connection' }).click()
    await tab.getByText('The connection works.').waitFor()
    paths['account-credly'] = new URL(tab.url()).pathname.replace(/\/test$/, '')
    await tab.getByRole('button', { name: 'Make a secret' }).click()
    await tab.getByText('It is shown this once').waitFor()
    await tab.goto(`${origin}${paths['account-credly']}`)
    expect(await tab.getByText('It is shown this once').count()).toBe(0)
    await tab.getByRole('button', { name: 'Pause' }).click()
    await tab.getByText('The account is paused').waitFor()
    await tab.getByRole('button', { name: 'Resume' }).click()
    await tab.getByText('The account works again.').waitFor()
    await context.close()
  })

  it.each(looks)(
    'has no accessibility fault and no sideways scrolling in $look',
    async (wanted) => {
      const { context, tab } = await signedIn(wanted)
      for (const [name, path] of Object.entries(paths)) {
        await tab.goto(`${origin}${path}`)
        await picture(tab, `${name}-${wanted.look}`)
        await assertAccessible(tab)
      }
      await context.close()
    },
  )

  it('breaks no content policy and needs no script', async () => {
    const { context, tab } = await signedIn({ javaScriptEnabled: false })
    const complaints: string[] = []
    tab.on('console', (message) => complaints.push(message.text()))
    for (const path of Object.values(paths)) await tab.goto(`${origin}${path}`)
    expect(complaints.filter((text) => text.includes('Content Security Policy'))).toEqual([])
    await context.close()
  })

  it('filters and retries with the keyboard alone', async () => {
    const { context, tab } = await signedIn()
    await tab.keyboard.press('Tab')
    expect(await tab.evaluate('document.activeElement.textContent')).toBe('Skip to content')
    await pressTo(tab, 'Issuances')
    await tab.getByRole('heading', { name: 'Issuances' }).waitFor()
    await pressTo(tab, 'Failed, tried again 3')
    await tab.waitForURL(/state=failed/)
    await pressTo(tab, /^Retry now/)
    await tab.getByText('1 issuance waits in the queue again.').waitFor()
    expect(await tab.getByRole('row').count()).toBe(3)
    await pressTo(tab, 'Sign out')
    await tab.getByText('You are signed out.').waitFor()
    await picture(tab, 'signed-out')
    await tab.goto(`${origin}/admin`)
    await tab.getByLabel('Administration token').waitFor()
    await context.close()
  })

  it('is found from the start page', async () => {
    const context: BrowserContext = await browser.newContext()
    const tab = await context.newPage()
    await tab.goto(origin)
    await tab.getByRole('link', { name: 'Administration' }).click()
    await tab.getByRole('heading', { name: 'Administration' }).waitFor()
    await context.close()
  })
})

/** Goes on from one thing that can be used to the next until it is there, and uses it. */
async function pressTo(tab: Page, wanted: string | RegExp) {
  for (let n = 0; n < 60; n += 1) {
    await tab.keyboard.press('Tab')
    const text = String(await tab.evaluate('document.activeElement.textContent'))
    const isThere = typeof wanted === 'string' ? text === wanted : wanted.test(text)
    if (isThere) return await tab.keyboard.press('Enter')
  }
  throw new Error(`${wanted} is out of reach`)
}
