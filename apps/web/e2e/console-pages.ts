import { existsSync, readFileSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { extname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { AxeBuilder } from '@axe-core/playwright'
import {
  type Appearance,
  type Dashboard,
  permissions,
  permissionsOf,
  type Session,
} from '@rosette/contract'
import { type Browser, chromium, type Page, type Route } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

/** Another build than the one beside this, and a folder for pictures to look at. */
const folder = process.env['ROSETTE_CONSOLE'] ?? fileURLToPath(new URL('../dist', import.meta.url))
const screenshots = process.env['ROSETTE_SCREENSHOTS']
/**
 * All states in all looks take ten minutes, which `npm test` does not have: there, each page is looked at in its
 * first state, and in one more look, in turn. `npm run test:pages` looks at all states, the first of each in all
 * looks; `ROSETTE_EVERY_LOOK=1` at all states in all looks.
 */
const everyLook = process.env['ROSETTE_EVERY_LOOK'] === '1'
const everyState = everyLook || process.env['ROSETTE_EVERY_STATE'] === '1'
const origin = 'http://console.test'

/** How a page is looked at beside the usual: wide, light and in English. */
const looks = ['dark', 'narrow', 'arabic'] as const
type Looks = ReadonlySet<(typeof looks)[number]>

/** What the API answers: a body, a refusal by its status, nothing for as long as the test runs, or as asked. */
type Given =
  | { readonly body: unknown; readonly status?: number }
  | { readonly problem: number; readonly title?: string }
  | 'pending'
  | 'offline'
export type Answer = Given | ((asked: { readonly url: URL; readonly body: unknown }) => Answer)

/** By method and path, where `*` stands for one part: `GET /api/v1/badge-templates/*`. */
export type Answers = Readonly<Record<string, Answer>>

export type PageState = {
  readonly answers?: Answers
  /** What is done before it is looked at. */
  readonly act?: (page: Page) => Promise<void>
  /** A text that must be seen then; the same in every language only if `shown` is not enough. */
  readonly sees: string | RegExp
}

export type ConsolePage = {
  readonly path: string
  readonly answers: Answers
  readonly states: Readonly<Record<string, PageState>>
}

let browser: Browser

/** One test per page and state: it is seen, fits into 360 pixels, is clean to axe in each look, and nothing breaks. */
export function describePages(area: string, pages: Readonly<Record<string, ConsolePage>>): void {
  describe(`console pages: ${area}`, () => {
    beforeAll(async () => {
      expect(existsSync(`${folder}/index.html`), 'the console is built: npm run build').toBe(true)
      browser = await launchBrowser()
    })
    afterAll(async () => await browser?.close())

    for (const [turn, [name, { path, answers, states }]] of Object.entries(pages).entries()) {
      const [first] = Object.keys(states)
      const inTurn = everyState ? looks : looks.filter((_, place) => place === turn % looks.length)
      const looked = Object.entries(states).filter(([state]) => everyState || state === first)
      it.each(looked)(`${name}: %s`, async (state, given) => {
        const opened = await openConsole(browser, path, { ...answers, ...given.answers })
        const more = everyLook ? looks : state === first ? inTurn : []
        try {
          await look(opened, {
            name: `${area}/${name}-${state}`,
            state: given,
            more: new Set(more),
          })
        } finally {
          await opened.page.context().close()
        }
      })
    }
  })
}

export async function launchBrowser(): Promise<Browser> {
  return await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] })
}

type Opened = { readonly page: Page; readonly faults: readonly string[] }

/** Opens an address of the console with the API answered from the table; what is not in it is a fault. */
export async function openConsole(from: Browser, path: string, answers: Answers): Promise<Opened> {
  const context = await from.newContext({
    viewport: { width: 1280, height: 900 },
    reducedMotion: 'reduce',
    colorScheme: 'light',
    locale: 'en',
    timezoneId: 'Europe/Berlin',
  })
  const page = await context.newPage()
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(`error in the page: ${error.message}`))
  await page.route(`${origin}/**`, (route) => serve(route, answers, faults))
  await page.goto(`${origin}${path}`)
  return { page, faults }
}

type Look = { readonly name: string; readonly state: PageState; readonly more: Looks }

async function look({ page, faults }: Opened, { name, state, more }: Look): Promise<void> {
  await page.locator('#root :is(h1, [role="alert"], [role="status"])').first().waitFor()
  await state.act?.(page)
  await page.getByText(state.sees).first().waitFor()
  await judge(page, name)
  if (more.has('dark')) {
    await page.emulateMedia({ colorScheme: 'dark' })
    await judge(page, `${name}-dark`)
    await page.emulateMedia({ colorScheme: 'light' })
  }
  await page.setViewportSize({ width: 360, height: 780 })
  if (more.has('narrow')) await judge(page, `${name}-narrow`)
  const width = () => page.evaluate<number>('document.documentElement.scrollWidth')
  // What slides into its place takes a moment.
  await expect
    .poll(width, { message: `${name} fits into 360 pixels`, timeout: 3000 })
    .toBeLessThanOrEqual(360)
  if (more.has('arabic')) await lookInArabic(page, name)
  expect(faults).toEqual([])
}

async function lookInArabic(page: Page, name: string): Promise<void> {
  await page.setViewportSize({ width: 1280, height: 900 })
  await page.evaluate(`localStorage.setItem('rosette-language', 'ar')`)
  await page.reload()
  await page.locator('#root :is(h1, [role="alert"], [role="status"])').first().waitFor()
  expect(await page.locator('html').getAttribute('dir')).toBe('rtl')
  await judge(page, `${name}-arabic`)
}

/** Clean to axe, and a picture for who wants to look. */
async function judge(page: Page, name: string): Promise<void> {
  await page.waitForTimeout(150)
  if (screenshots !== undefined) {
    const file = `${screenshots}/${name}.png`
    await mkdir(file.replace(/\/[^/]*$/, ''), { recursive: true })
    await page.screenshot({ path: file, fullPage: true })
  }
  const { violations } = await new AxeBuilder({ page })
    // In the page itself; otherwise each look opens another one.
    .setLegacyMode(true)
    .analyze()
  const told = violations.map(({ id, nodes }) => `${id}: ${nodes.map((n) => n.html).join(' | ')}`)
  expect(told, `${name} is clean to axe`).toEqual([])
}

async function serve(route: Route, answers: Answers, faults: string[]): Promise<void> {
  const request = route.request()
  const url = new URL(request.url())
  if (!/^\/(api|auth)\//.test(url.pathname)) return await serveFile(route, url)
  const name = `${request.method()} ${url.pathname}`
  const known = Object.entries({ ...onEveryPage, ...answers })
  const found = known.find(([pattern]) => fits(pattern, name))?.[1]
  if (found === undefined) faults.push(`nothing answers ${name}`)
  const asked = { url, body: request.postDataJSON() as unknown }
  await fulfill(route, resolve(found ?? { problem: 404 }, asked))
}

function resolve(answer: Answer, asked: { url: URL; body: unknown }): Given {
  return typeof answer === 'function' ? resolve(answer(asked), asked) : answer
}

async function fulfill(route: Route, answer: Given): Promise<void> {
  if (answer === 'pending') return
  if (answer === 'offline') return await route.abort('connectionrefused')
  if ('body' in answer) {
    const { body, status = 200 } = answer
    return await route.fulfill({ status, json: body })
  }
  const { problem: status, title = 'Something went wrong here. It has been logged.' } = answer
  const code = status === 401 ? 'not-signed-in' : status === 404 ? 'not-found' : 'internal'
  await route.fulfill({
    status,
    contentType: 'application/problem+json',
    body: JSON.stringify({ type: 'about:blank', title, status, code }),
  })
}

function fits(pattern: string, name: string): boolean {
  const escaped = pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '[^/]+')
  return new RegExp(`^${escaped}$`).test(name)
}

const types: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
}
const colours = [
  '#3730a3',
  '#0f766e',
  '#b45309',
  '#9d174d',
  '#1d4ed8',
  '#4d7c0f',
  '#6d28d9',
] as const

/** Pictures of badges in colours of their own, so that they can be told apart. */
function drawBadge(pathname: string): string {
  const number = Number(/(\d+)\/image$/.exec(pathname)?.[1] ?? 0)
  const colour = colours[number % colours.length] ?? colours[0]
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><circle cx="32" cy="32" r="30" fill="${colour}"/><path d="m18 33 10 10 19-22" fill="none" stroke="#fff" stroke-width="6"/></svg>`
}

// Every address below the console or the backpack that is no file is its page, as the server has it.
async function serveFile(route: Route, { pathname }: URL): Promise<void> {
  const [, area = 'console'] = /^\/(console|backpack)\b/.exec(pathname) ?? []
  if (/\/(image|brand\/icon)$/.test(pathname))
    return await route.fulfill({ contentType: 'image/svg+xml', body: drawBadge(pathname) })
  const name = pathname.replace(/^\/(console|backpack)\/?/, '')
  const file = name !== '' && existsSync(`${folder}/${name}`) ? name : 'index.html'
  const contentType = types[extname(file)] ?? 'application/octet-stream'
  const body = readFileSync(`${folder}/${file}`)
  const isPage = file === 'index.html'
  await route.fulfill({ contentType, body: isPage ? pageOf(area, body.toString()) : body })
}

function pageOf(area: string, page: string): string {
  return page.replace('<base href="/console/"', `<base href="/${area}/"`)
}

/** The brand as it is. */
export const sampleAppearance = {
  name: 'Rosette',
  isChanged: false,
  logoUrl: null,
  chosenAccent: null,
  accents: {
    light: { colour: '#3730a3', letters: '#ffffff', isAdjusted: false },
    dark: { colour: '#a5b4fc', letters: '#16163a', isAdjusted: false },
  },
  footerText: '',
  footerLinks: [],
  updatedAt: null,
} as const satisfies Appearance

const onEveryPage: Answers = { 'GET /api/v1/appearance': { body: sampleAppearance } }

/** Somebody who owns an organization, and administers the installation unless it is said otherwise. */
export function signedIn(given: { readonly isAdministrator?: boolean } = {}): Answers {
  const isAdministrator = given.isAdministrator ?? true
  return {
    'GET /api/v1/session': { body: sampleSession(isAdministrator) },
    // The menu asks for what needs a person.
    'GET /api/v1/dashboard': { body: nothingNeeded },
  }
}

const nothingNeeded: Dashboard = {
  days: [],
  eventsAreEstimated: false,
  waiting: { queued: 0, issuing: 0, issued: 0, failed: 0, stopped: 0, revoking: 0, revoked: 0 },
  needs: [],
  latestAwards: [],
  firstSteps: { badge: true, preview: true, activation: true, events: true, colleague: true },
}

/** The organization that sample pages are about: `/console/o/open-university/...`. */
export const sampleOrganization = {
  id: '5f0c2d3e-7a41-4c58-9d0b-0d6a3c1f2b10',
  slug: 'open-university',
  name: 'Open University',
} as const

function sampleSession(isAdministrator: boolean): Session {
  return {
    user: {
      id: '0b7f0c9e-52c4-4a5b-8a55-f3b0a1f9d201',
      name: 'Grace Hopper',
      email: 'grace@university.example',
      isAdministrator,
      hasPassword: true,
      preferences: { language: null, colorScheme: null, organization: null },
    },
    organizations: [
      {
        ...sampleOrganization,
        isDemo: false,
        role: 'owner',
        permissions: isAdministrator ? [...permissions] : [...permissionsOf.owner],
      },
    ],
    permissions: isAdministrator ? [...permissions] : [],
    installation: {
      name: 'Rosette',
      baseUrl: origin,
      badgesEnabled: true,
      hasMail: true,
    },
  }
}
