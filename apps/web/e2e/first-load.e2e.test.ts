import { statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { badges, pathways, progress } from './backpack-samples.js'
import {
  type Answers,
  launchBrowser,
  openConsole,
  sampleOrganization,
  signedIn,
} from './console-pages.js'

const folder = process.env['ROSETTE_CONSOLE'] ?? fileURLToPath(new URL('../dist', import.meta.url))
const most = 250_000
/** With the frame, the menu and the page itself. */
const mostInside = 300_000
const kB = (bytes: number) => `${Math.round(bytes / 1000)} kB`

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(async () => await browser?.close())

/** Scripts and styles that are fetched until the page stands, as they travel. */
async function weightOf(path: string, answers: Answers): Promise<number> {
  const { page } = await openConsole(browser, path, answers)
  await page.locator('h1').first().waitFor()
  const names = await page.evaluate<string[]>(
    `performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname)`,
  )
  await page.context().close()
  const files = names.filter((name) => /\.(js|css)$/.test(name) && name.includes('/assets/'))
  expect(files.length).toBeGreaterThan(3)
  const sizes = files.map(
    (name) => statSync(`${folder}${name.replace(/^\/(console|backpack)/, '')}.gz`).size,
  )
  return sizes.reduce((sum, size) => sum + size, 0)
}

describe('the console', () => {
  it('is light when it is first opened, and brings the rest when somebody has signed in', async () => {
    const options = {
      needsSetUp: false,
      password: true,
      providers: [],
      hasMail: true,
      mailLink: true,
    }
    const door = await weightOf('/console/sign-in', {
      'GET /api/v1/sign-in-options': { body: options },
    })
    const dashboard = await weightOf(`/console/o/${sampleOrganization.slug}`, signedIn())
    console.log(`scripts and styles, gzipped: ${kB(door)} at the door, ${kB(dashboard)} inside`)
    expect(door).toBeLessThan(most)
    expect(dashboard).toBeLessThan(mostInside)
  })
})

describe('the backpack', () => {
  it('is light at the door, and with the wall of badges', async () => {
    const options = {
      needsSetUp: false,
      password: true,
      providers: [],
      hasMail: true,
      mailLink: true,
    }
    const door = await weightOf('/backpack/sign-in', {
      'GET /api/v1/sign-in-options': { body: options },
    })
    const home = await weightOf('/backpack/', {
      ...signedIn(),
      'GET /api/v1/backpack/badges': { body: { items: badges, next: null } },
      'POST /api/v1/backpack/seen': { status: 204, body: null },
      'GET /api/v1/backpack/progress': { body: progress },
      'GET /api/v1/backpack/pathways': { body: pathways },
    })
    console.log(`scripts and styles, gzipped: ${kB(door)} at the door, ${kB(home)} inside`)
    expect(door).toBeLessThan(most)
    expect(home).toBeLessThan(most)
  })
})
