import { randomBytes, randomUUID } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { AxeBuilder } from '@axe-core/playwright'
import { createCredlySimulator, credlySimulatorDefaults } from '@rosette/providers'
import { createTestDatabase } from '@rosette/testkit'
import { type Browser, chromium, type Locator, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startServer } from '../proofs/shared/server-process.js'
import { createApi } from './call-api.js'

/** Set it to a folder to keep pictures of the way, as the how-to page has them. */
const screenshots = process.env['ROSETTE_SCREENSHOTS']
const passing = 'org.openedx.learning.course.passing.status.updated.v1'
const course = 'course-v1:Example+DA101+2026'
// A refusal that is meant, and pictures at the provider that is only simulated.
const harmless = /status of 4\d\d|ERR_NAME_NOT_RESOLVED/
const password = 'correct horse battery staple'

/** The most important ways through the product, one after the other, from an installation with nothing in it. */
describe('from an empty installation', () => {
  const token = `token_${randomBytes(16).toString('hex')}`
  const credly = createCredlySimulator({ seed: 5 })
  let database: { readonly url: string; drop(): Promise<void> }
  let server: ReturnType<typeof startServer>
  let browser: Browser
  let page: Page
  const faults: string[] = []

  beforeAll(async () => {
    database = await createTestDatabase(async () => {})
    server = startServer({
      DATABASE_URL: database.url,
      ROSETTE_ADMIN_TOKEN: token,
      ROSETTE_MASTER_KEY: randomBytes(32).toString('base64'),
    })
    await server.start()
    await server.ready()
    browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] })
    page = await newPage()
  })
  afterAll(async () => {
    await browser?.close()
    await server?.stop()
    await credly.close()
    await database?.drop()
  })

  const { api } = createApi(() => server, token)

  async function newPage(): Promise<Page> {
    const context = await browser.newContext({
      viewport: { width: 1280, height: 900 },
      locale: 'en',
      reducedMotion: 'reduce',
    })
    const opened = await context.newPage()
    opened.setDefaultTimeout(30_000)
    opened.on('pageerror', (error) => faults.push(error.message))
    // What the content security policy forbids is told here, too.
    opened.on('console', (line) => {
      if (line.type() === 'error' && !harmless.test(line.text())) faults.push(line.text())
    })
    return opened
  }

  let taken = 0
  async function picture(name: string): Promise<void> {
    if (screenshots === undefined) return
    taken += 1
    await mkdir(screenshots, { recursive: true })
    await page.waitForTimeout(600)
    const path = `${screenshots}/${String(taken).padStart(2, '0')}-${name}.png`
    await page.screenshot({ path })
  }

  async function cleanToAxe(): Promise<void> {
    await page.waitForTimeout(300)
    const { violations } = await new AxeBuilder({ page }).analyze()
    const told = violations.map(({ id, nodes }) => `${id}: ${nodes.map((n) => n.html).join(' | ')}`)
    expect(told).toEqual([])
  }

  let sent = 0
  async function passes(learner: number, name: string): Promise<void> {
    sent += 1
    const [first = 'somebody'] = name.toLowerCase().split(' ')
    const pii = { username: first, email: `${first}@example.org`, name }
    const data = {
      course_passing_status: {
        is_passing: true,
        course: { course_key: course, display_name: 'Data Analysis' },
        user: { id: learner, is_active: true, pii },
      },
    }
    const event = {
      specversion: '1.0',
      id: randomUUID(),
      source: '/lms',
      type: passing,
      time: new Date(Date.UTC(2026, 2, 12, 8, sent)).toISOString(),
      data,
    }
    const answer = await fetch(`${server.url()}/events`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/cloudevents+json',
      },
      body: JSON.stringify(event),
    })
    expect(answer.status).toBeLessThan(300)
  }

  const menu = (name: string) =>
    page.getByRole('navigation').getByRole('link', { name, exact: true }).click()
  const dialog = (): Locator => page.getByRole('dialog')

  it('somebody becomes the administrator with the link that the server prints', async () => {
    const link = /http\S+\/console\/set-up#\S+/.exec(server.output())?.[0] ?? ''
    await page.goto(link)
    await page.getByLabel('Your name').fill('Grace Hopper')
    await page.getByLabel('E-mail address').fill('grace@university.example')
    await page.getByLabel('New password').first().fill(password)
    await page.getByLabel('Name of your organization').fill('Example University')
    await picture('set-up')
    await page.getByRole('button', { name: 'Begin' }).click()
    await page.getByRole('heading', { name: 'First steps' }).waitFor()
    await picture('first-steps')
    await cleanToAxe()
  })

  it('makes a badge from a recipe', async () => {
    // The LMS is connected already, so there is something to choose from.
    await passes(7, 'Ada Lovelace')
    await passes(8, 'Alan Turing')
    await menu('Badges')
    await page.getByRole('button', { name: 'Make your first badge' }).click()
    await dialog().getByRole('textbox').fill('Data Analysis Foundations')
    await picture('new-badge')
    await dialog().getByRole('button', { name: 'Start with what it takes' }).click()
    await page.getByRole('button', { name: 'Choose what earns it' }).click()
    await picture('recipes')
    await dialog()
      .getByRole('button', { name: /^Passes a course/ })
      .click()
    await page.getByRole('option', { name: /Data Analysis/ }).click()
    await page.keyboard.press('Escape')
  })

  it('sees who would have it before anybody gets it', async () => {
    await page.getByText('2 learners have done this').waitFor()
    await page.getByText('learners would have it').waitFor()
    await page.getByText('Awarded when a learner passes Data Analysis').first().waitFor()
    await page.getByText('Ada Lovelace').first().waitFor()
    await picture('preview')
    await cleanToAxe()
    await page.getByRole('button', { name: 'Save rules' }).click()
    await page.getByText('Not saved yet').waitFor({ state: 'hidden' })
  })

  it('activates it, and applies it to the past', async () => {
    await page.getByRole('button', { name: /^Activate/ }).click()
    await dialog().getByText('2 learners have already done this').waitFor()
    await picture('activate')
    await dialog().getByRole('button', { name: 'Award them too' }).click()
    await dialog().getByText('2 learners have gained it').waitFor()
    await picture('activated')
    await dialog().getByRole('button', { name: 'Done' }).click()
  })

  it('sees the awards, and one more when an event arrives', async () => {
    await menu('Awards')
    await page
      .getByRole('link', { name: /Ada Lovelace/ })
      .first()
      .waitFor()
    await picture('awards')
    await passes(9, 'Emmy Noether')
    await expect
      .poll(async () => (await api('GET', '/awards')).items.length, { timeout: 30_000 })
      .toBe(3)
    await page.reload()
    await page
      .getByRole('link', { name: /Emmy Noether/ })
      .first()
      .waitFor()
    await cleanToAxe()
  })

  it('sees a badge that anybody can check', async () => {
    const { items } = await api('GET', '/awards')
    const { publicUrl } = await api('GET', `/awards/${items[0].id}`)
    const status = async () => (await fetch(publicUrl)).status
    await expect.poll(status, { timeout: 30_000 }).toBe(200)
    await page.goto(publicUrl)
    await page.getByRole('heading', { name: 'Data Analysis Foundations' }).first().waitFor()
    await page
      .getByText(/^Valid/)
      .first()
      .waitFor()
    await picture('public-page')
    await page.goto(`${server.url()}/console`)
  })

  it('takes a badge back, with a reason', async () => {
    await menu('Awards')
    await page
      .getByRole('row', { name: /Alan Turing/ })
      .getByRole('link')
      .first()
      .click()
    await page.getByRole('button', { name: /^Revoke/ }).click()
    await dialog().getByRole('textbox').fill('The certificate was withdrawn.')
    await dialog().getByRole('button', { name: 'Revoke', exact: true }).click()
    await dialog().waitFor({ state: 'hidden' })
    await page.getByText('The certificate was withdrawn.').first().waitFor()
    const { items } = await api('GET', '/awards?status=revoked')
    expect(items).toMatchObject([{ learner: { name: 'Alan Turing' } }])
    await picture('revoked')
  })

  it('mends a badge that could not be issued', async () => {
    await aBadgeAtCredly('withdrawn-key')
    await passes(10, 'Katherine Johnson')
    const stuck = async () => (await api('GET', '/issuances?state=failed,stopped')).items.length
    await expect.poll(stuck, { timeout: 60_000 }).toBeGreaterThan(0)
    await page.goto(`${server.url()}/console`)
    await page.getByRole('heading', { name: 'Needs you' }).waitFor()
    await page.getByText(/is paused: nothing is issued/).waitFor({ timeout: 60_000 })
    await picture('needs-you')
    const needed = page.getByRole('listitem').filter({ hasText: 'is paused' })
    await needed.getByText('Open account').click()
    await page.getByRole('button', { name: 'Enter a new key' }).click()
    await dialog().getByRole('textbox').first().fill(credlySimulatorDefaults.token)
    await dialog().getByRole('button', { name: 'Use this key' }).click()
    await expect.poll(() => credly.badges().length, { timeout: 60_000 }).toBe(1)
    await expect.poll(stuck, { timeout: 60_000 }).toBe(0)
  })

  it('invites a colleague, who joins with the link', async () => {
    await menu('Members')
    await page.getByRole('button', { name: 'Invite a colleague' }).click()
    await dialog().getByLabel('E-mail address').fill('emmy@university.example')
    await dialog().getByRole('button', { name: 'Invite', exact: true }).click()
    await picture('inviting')
    const link = await dialog().getByLabel('Link', { exact: true }).innerText()
    expect(link).toContain('/console/invitation#')
    await picture('invitation')
    const other = await newPage()
    await other.goto(link.trim())
    await other.getByLabel('Your name').fill('Emmy Noether')
    await other.getByLabel('New password').first().fill(`${password} too`)
    await other.getByRole('button', { name: 'Accept' }).click()
    await other.getByRole('heading', { name: 'Dashboard' }).waitFor()
    // An editor makes badges, and sees nothing of the installation.
    const links = await other.getByRole('navigation').getByRole('link').allInnerTexts()
    expect(links).toContain('Badges')
    expect(links).not.toContain('Tokens')
    expect(links).not.toContain('Dead letters')
    await other.context().close()
  })

  it('signs out, and in again where the way had been broken off', async () => {
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Your account' }).click()
    await page.getByRole('menuitem', { name: 'Sign out' }).click()
    await page.getByRole('heading', { name: 'Sign in' }).waitFor()
    await page.goto(`${server.url()}/console/o/example-university/audit?action=award`)
    await page.getByLabel('E-mail address').fill('grace@university.example')
    await page.getByLabel('Password', { exact: true }).fill('something else entirely')
    await page.getByRole('button', { name: 'Sign in', exact: true }).click()
    await page.getByRole('alert').waitFor()
    await page.getByLabel('Password', { exact: true }).fill(password)
    await page.getByRole('button', { name: 'Sign in', exact: true }).click()
    await page.getByRole('heading', { name: 'Audit log' }).waitFor()
    await page.waitForTimeout(1500)
    await picture('audit-log')
    await page.getByText('award.revoke').first().waitFor()
  })

  it('meets no error of the page, and nothing that its security policy forbids', () => {
    expect(faults).toEqual([])
  })

  /** A badge issued through an account whose key is no good, active from now on. */
  async function aBadgeAtCredly(key: string): Promise<void> {
    const address = await credly.listen()
    const [organization] = (await api('GET', '/organizations')).items
    const [issuer] = (await api('GET', '/issuers')).items
    const about = { organizationId: organization.id, issuerId: issuer.id }
    const account = await api('POST', '/provider-accounts', {
      ...about,
      provider: 'credly',
      name: 'University at Credly',
      externalId: credlySimulatorDefaults.organizationId,
      apiBaseUrl: `${address.replace('127.0.0.1', 'localhost')}/api/v1/`,
      credentials: { kind: 'token', token: credlySimulatorDefaults.token },
    })
    await api('POST', `/provider-accounts/${account.id}/sync`)
    const { items } = await api('GET', `/provider-templates?accountId=${account.id}`)
    await api('PATCH', `/provider-accounts/${account.id}`, {
      credentials: { kind: 'token', token: key },
      skipTest: true,
    })
    const badge = await api('POST', '/badge-templates', {
      ...about,
      name: 'Data Analysis at Credly',
      providerTemplateId: items[0].id,
      requirements: [
        {
          eventType: passing,
          dataRules: [{ keyPath: 'is_passing', operator: 'eq', value: 'true' }],
        },
      ],
    })
    await api('POST', `/badge-templates/${badge.id}/activation`)
  }
})
