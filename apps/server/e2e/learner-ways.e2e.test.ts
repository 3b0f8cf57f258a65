import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import { unbakeAll } from '@rosette/open-badges'
import { createTestDatabase } from '@rosette/testkit'
import { unzipSync } from 'fflate'
import { type Browser, chromium, type Locator, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startServer } from '../proofs/shared/server-process.js'
import { type MailServer, startMailServer } from '../src/testing/mail-server.js'
import { aStranger, aStrangersBadge } from '../src/testing/strangers-badges.js'
import { createApi } from './call-api.js'

/** Set it to a folder to keep pictures of the ways. */
const screenshots = process.env['ROSETTE_SCREENSHOTS']
const passing = 'org.openedx.learning.course.passing.status.updated.v1'
const course = 'course-v1:Example+DA101+2026'
const scope = 'https://purl.imsglobal.org/spec/ob/v3p0/scope/credential.readonly'
// A refusal that is meant, and an application that is not there.
const harmless = /status of 4\d\d|ERR_NAME_NOT_RESOLVED/

/** An application on the web, as far as a browser sees one that it is led back to. */
async function anApplication() {
  const listening = createServer((_request, response) => response.end('Back at the portfolio.'))
  await once(listening.listen(0, 'localhost'), 'listening')
  const address = listening.address()
  const port = typeof address === 'object' ? address?.port : 0
  return {
    url: `http://localhost:${port}`,
    close: () => new Promise((resolve) => listening.close(resolve)),
  }
}

/** What learners do, one after the other, in a browser with a server and a mail server that are real. */
describe('a learner', () => {
  const token = `token_${randomBytes(16).toString('hex')}`
  const faults: string[] = []
  let folder: string
  let mail: MailServer
  let database: { readonly url: string; drop(): Promise<void> }
  let server: ReturnType<typeof startServer>
  let browser: Browser
  let page: Page
  let application: Awaited<ReturnType<typeof anApplication>>
  let shared = ''

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rosette-learner-'))
    mail = await startMailServer()
    database = await createTestDatabase(async () => {})
    application = await anApplication()
    server = startServer({
      DATABASE_URL: database.url,
      ROSETTE_ADMIN_TOKEN: token,
      ROSETTE_MASTER_KEY: randomBytes(32).toString('base64'),
      ROSETTE_MAIL_URL: mail.url,
      ROSETTE_MAIL_LEARNERS_AFTER: '5',
      ROSETTE_MAIL_FROM: 'Badges <badges@university.example>',
      ROSETTE_MAIL_TO: 'operator@university.example',
    })
    await server.start()
    await server.ready()
    await aBadge()
    await passes(42, 'Ada Lovelace')
    await passes(43, 'Grace Hopper')
    browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] })
    page = await newPage()
  })
  afterAll(async () => {
    await browser?.close()
    await server?.stop()
    await mail?.stop()
    await application?.close()
    await database?.drop()
    await rm(folder, { recursive: true, force: true })
  })

  const { api } = createApi(() => server, token)

  async function aBadge(): Promise<void> {
    const name = 'Open University'
    const { id: organizationId } = await api('POST', '/organizations', { slug: 'open', name })
    const issuer = { organizationId, name, url: 'https://university.example' }
    const { id: issuerId } = await api('POST', '/issuers', issuer)
    const { id } = await api('POST', '/badge-templates', {
      organizationId,
      issuerId,
      name: 'Data Analysis Foundations',
      description: 'Reads, cleans and explains data.',
      criteria: 'Pass **Data Analysis**.',
    })
    const dataRules = [{ keyPath: 'is_passing', operator: 'eq', value: 'true' }]
    const requirements = [{ id: 'pass', eventType: passing, dataRules }]
    await api('PUT', `/badge-templates/${id}/rules`, { requirements })
    await api('POST', `/badge-templates/${id}/activation`)
  }

  async function passes(learner: number, name: string): Promise<void> {
    const [first = ''] = name.toLowerCase().split(' ')
    const pii = { username: first, email: `${first}@learners.example`, name }
    const user = { id: learner, is_active: true, pii }
    const passed = { is_passing: true, course: { course_key: course, display_name: 'Data' }, user }
    const event = {
      specversion: '1.0',
      id: randomUUID(),
      source: '/lms',
      type: passing,
      time: new Date().toISOString(),
      data: { course_passing_status: passed },
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

  async function newPage(): Promise<Page> {
    const context = await browser.newContext({
      viewport: { width: 1280, height: 900 },
      locale: 'en',
      reducedMotion: 'reduce',
      acceptDownloads: true,
    })
    const opened = await context.newPage()
    opened.setDefaultTimeout(30_000)
    opened.on('pageerror', (error) => faults.push(error.message))
    opened.on('console', (line) => {
      if (line.type() === 'error' && !harmless.test(line.text())) faults.push(line.text())
    })
    return opened
  }

  let taken = 0
  async function looked(name: string, at = page): Promise<void> {
    await at.waitForTimeout(400)
    if (screenshots !== undefined) {
      taken += 1
      await mkdir(screenshots, { recursive: true })
      const path = `${screenshots}/${String(taken).padStart(2, '0')}-${name}.png`
      await at.screenshot({ path, fullPage: true })
    }
    const { violations } = await new AxeBuilder({ page: at }).analyze()
    const told = violations.map(({ id, nodes }) => `${id}: ${nodes.map((n) => n.html).join(' | ')}`)
    expect(told, `${name} is clean to axe`).toEqual([])
  }

  /** The link in the newest letter to somebody that leads to a page of the backpack. */
  async function linkTo(email: string, where: string): Promise<string> {
    for (;;) {
      const letters = mail.mails.filter(({ to }) => to.includes(email)).reverse()
      const link = letters.map(({ text }) => /http\S+\/backpack\/\S+/.exec(text)?.[0] ?? '')
      const found = link.find((one) => one.includes(`/backpack/${where}`))
      if (found !== undefined) return found
      await page.waitForTimeout(100)
    }
  }

  const button = (name: string | RegExp): Locator => page.getByRole('button', { name }).first()
  const nav = (name: string) =>
    page.getByRole('navigation').getByRole('link', { name, exact: true }).first().click()
  const backpack = (path = '') => page.goto(`${server.url()}/backpack${path}`)

  async function openBadge(name: string): Promise<void> {
    await nav('My badges')
    await page
      .getByRole('link', { name: new RegExp(name) })
      .first()
      .click()
    await page.getByRole('heading', { level: 1, name }).waitFor()
  }

  it('signs up with a link that comes by mail, and finds what was earned before', async () => {
    await backpack()
    await page
      .getByRole('textbox', { name: 'E-mail address' })
      .first()
      .fill('grace@learners.example')
    await looked('door')
    await button('Send me a link').click()
    await page.getByText('Look into your mail').waitFor()
    await page.goto(await linkTo('grace@learners.example', 'enter'))
    await button('Open my backpack').click()
    await page.getByText('You have a new badge!').waitFor()
    await looked('home')
  })

  it('shows a badge to others, with a name or to nobody', async () => {
    await openBadge('Data Analysis Foundations')
    await page.getByText('Signed by who gave it, and in force.').waitFor()
    await page.getByRole('switch', { name: 'Show my name on it' }).click()
    await page.getByText('Everybody').click()
    await looked('badge')
    shared = (await page.locator('text=/http.*public.assertions/').first().innerText()).trim()
    const stranger = await newPage()
    await stranger.goto(shared)
    await stranger.getByText('Grace Hopper').waitFor()
    await stranger.getByText(/Valid/).first().waitFor()
    await looked('as a stranger sees it', stranger)
    await page.getByText('Only me').click()
    await page.getByText('Nobody else can see it now').waitFor()
    expect((await stranger.reload())?.status()).toBe(404)
    expect(await stranger.locator('body').innerText()).not.toContain('Grace Hopper')
    await page.getByText('Whoever has the link', { exact: true }).click()
    await page.getByText('Add to LinkedIn profile').waitFor()
    await stranger.context().close()
  })

  it('takes it along as a picture with the badge inside, and as a certificate', async () => {
    const [picture] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Download as PNG' }).click(),
    ])
    const [baked] = unbakeAll(await readFile(await picture.path()))
    expect(JSON.stringify(baked)).toContain('OpenBadgeCredential')
    const [certificate] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Download as PDF' }).click(),
    ])
    const pdf = await readFile(await certificate.path())
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
  })

  it('holds it out to a wallet', async () => {
    await button('Add to a wallet').click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('Works once').waitFor()
    await looked('wallet')
    await page.keyboard.press('Escape')
  })

  it('brings a badge from elsewhere, for an address that is confirmed then', async () => {
    const badge = await aStrangersBadge(aStranger(), { email: 'grace@navy.example' })
    await writeFile(`${folder}/navigation.json`, JSON.stringify(badge))
    await nav('My badges')
    await page.getByRole('link', { name: 'Add a badge' }).click()
    await page.locator('input[type=file]').first().setInputFiles(`${folder}/navigation.json`)
    await page.getByText('Waits for an address').first().waitFor()
    await looked('import waits')
    await backpack('/settings')
    await page.getByRole('textbox', { name: 'Another address' }).fill('grace@navy.example')
    await button(/^Add$/).click()
    await page.getByText('Not confirmed').first().waitFor()
    await page.goto(await linkTo('grace@navy.example', 'address'))
    await button('Confirm it').click()
    await page.getByText('The address is confirmed').waitFor()
    await backpack()
    await openBadge('Marine Navigation')
    await page.getByText('Riverbend College').first().waitFor()
    await looked('imported')
  })

  it('is told what is wrong with what is no badge', async () => {
    await backpack('/import')
    await page.getByRole('textbox', { name: 'Address or text of a badge' }).fill('{"no":"badge"}')
    await page.getByRole('button', { name: 'Add', exact: true }).click()
    await page.getByText('Not added').first().waitFor()
    await looked('import refused')
  })

  it('puts badges together and publishes them', async () => {
    await nav('Collections')
    await button('New collection').click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('textbox', { name: 'Name' }).fill('For my application')
    await dialog.getByRole('button', { name: 'Create it' }).click()
    await button('Add badges').click()
    for (const name of ['Data Analysis Foundations', 'Marine Navigation']) {
      await page.getByRole('dialog').getByText(name).first().click()
    }
    await page.keyboard.press('Escape')
    await button('Publish').click()
    await page
      .getByText('Link to the collection')
      .or(page.getByText('See it as a stranger'))
      .first()
      .waitFor()
    await looked('collection')
    const link = await page.locator('text=/http.*public.collections/').first().innerText()
    const stranger = await newPage()
    await stranger.goto(link.trim())
    await stranger.getByRole('heading', { name: 'For my application' }).waitFor()
    await stranger.getByText('Marine Navigation').first().waitFor()
    await looked('collection as a stranger sees it', stranger)
    await stranger.context().close()
  })

  it('asks somebody for an endorsement, who needs no account, and accepts it', async () => {
    await openBadge('Data Analysis Foundations')
    await button('Ask somebody').click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('textbox', { name: 'Their name' }).fill('Emmy Noether')
    await dialog.getByRole('textbox', { name: 'Their e-mail address' }).fill('emmy@work.example')
    await dialog.getByRole('button', { name: 'Send the letter' }).click()
    const emmy = await newPage()
    await emmy.goto(await linkTo('emmy@work.example', 'endorse'))
    await emmy
      .getByRole('textbox', { name: /What can you say/ })
      .fill('Her report changed our plan.')
    await looked('endorse', emmy)
    await emmy.getByRole('button', { name: 'Endorse' }).click()
    await emmy.getByText('Thank you.').waitFor()
    await page.reload()
    await page
      .getByRole('button', { name: /^Accept and show/ })
      .first()
      .click()
    await page.getByText('Shown', { exact: true }).first().waitFor()
    await emmy.goto(shared)
    await emmy.getByText('Her report changed our plan.').waitFor()
    await emmy.context().close()
  })

  it('lets an application in, and takes that back', async () => {
    const home = application.url
    const registered = await fetch(`${server.url()}/oauth/register`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        client_name: 'Portfolio',
        client_uri: home,
        logo_uri: `${home}/logo.png`,
        tos_uri: `${home}/terms`,
        policy_uri: `${home}/privacy`,
        software_id: 'portfolio',
        software_version: '1',
        redirect_uris: [`${home}/back`],
        scope,
      }),
    })
    const client: Record<string, string> = JSON.parse(await registered.text())
    const verifier = randomBytes(32).toString('base64url')
    const asked = new URLSearchParams({
      response_type: 'code',
      client_id: client['client_id'] ?? '',
      redirect_uri: `${home}/back`,
      scope,
      state: 'some-state',
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
    })
    await page.goto(`${server.url()}/oauth/auth?${asked}`)
    await page.getByText('See your badges').waitFor()
    await looked('allow')
    await button('Allow').click()
    await page.waitForURL(`${home}/back?*`)
    const back = new URL(page.url()).searchParams
    expect(back.get('state')).toBe('some-state')
    const secret = `${client['client_id']}:${client['client_secret']}`
    const tokens = await fetch(`${server.url()}/oauth/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(secret).toString('base64')}` },
      body: new URLSearchParams({
        grant_type: 'authorization_code',
        code: back.get('code') ?? '',
        redirect_uri: `${home}/back`,
        code_verifier: verifier,
      }),
    })
    const { access_token: access }: Record<string, string> = JSON.parse(await tokens.text())
    const badges = () =>
      fetch(`${server.url()}/ims/ob/v3p0/credentials`, {
        headers: { authorization: `Bearer ${access}` },
      })
    const read = await badges()
    expect(read.status).toBe(200)
    expect(await read.text()).toContain('Marine Navigation')
    await backpack('/settings')
    await page.getByText('Portfolio').first().waitFor()
    await looked('settings')
    await button(/Disconnect/).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Disconnect' }).click()
    await page.getByText('No application has access.').waitFor()
    expect((await badges()).status).toBe(401)
  })

  it('takes everything along in one archive', async () => {
    const [archive] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Download everything' }).click(),
    ])
    const files = Object.keys(unzipSync(await readFile(await archive.path())))
    expect(files).toContain('manifest.json')
    expect(files.filter((name) => name.endsWith('.json')).length).toBeGreaterThan(2)
  })

  it('is led to the first badge by the letter about it', async () => {
    const link = await linkTo('ada@learners.example', 'enter')
    const ada = await newPage()
    await ada.goto(link)
    await ada.getByRole('button', { name: 'Open my backpack' }).click()
    await ada.getByText('Data Analysis Foundations').first().waitFor()
    await looked('first badge by letter', ada)
    await ada.context().close()
  })

  it('saw no page fail, and nothing that the content policy forbids', () => {
    expect(faults).toEqual([])
  })
})
