import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { takeBack } from '../../testing/sample-awards.js'
import { anAccountWithBadge, anIssuance } from '../../testing/sample-issuances.js'
import { createTestApp, type TestApp } from '../../testing/test-app.js'

let app: TestApp
let server: ReturnType<TestApp['createServer']>
let templateId: string
const browser = { accept: 'text/html' }
const url = 'https://www.credly.example/badges/42'

beforeAll(async () => {
  app = await createTestApp()
  server = app.createServer()
  templateId = (await anAccountWithBadge(app)).templateId
})
afterAll(() => app.drop())

const at = (awardId: string) => `/public/assertions/${awardId}`
const get = (path: string, headers: Record<string, string> = {}) =>
  server.inject({ url: path, headers })
const issuedThere = {
  state: 'issued',
  external_id: 'there',
  external_url: url,
  external_state: 'accepted',
} as const

async function pageIn(values: Parameters<typeof anIssuance>[2]) {
  const { awardId } = await anIssuance(app, { templateId }, values)
  return (await get(at(awardId), browser)).body
}

describe('the page of an award that a provider issues', () => {
  it('leads to the badge there, and offers nothing that only we could sign', async () => {
    const text = await pageIn(issuedThere)
    expect(text).toContain('<strong>Issued through Credly</strong>')
    expect(text).toContain(
      `<a class="button main" href="${url}" rel="noopener">See it at Credly</a>`,
    )
    expect(text).not.toMatch(/Download|Credential \(JSON\)|LinkedIn|verification|sign/i)
  })

  it('says that it waits to be accepted there, and keeps the address for that to itself', async () => {
    const pending = { ...issuedThere, external_id: 'pending', external_state: 'pending' }
    const { awardId } = await anIssuance(app, { templateId }, pending)
    const { body } = await get(at(awardId), browser)
    expect(body).toContain('<strong>Waiting to be accepted</strong>')
    expect(body).not.toContain(url)
    for (const path of [at(awardId), `${at(awardId)}/baked`, `/credentials/${awardId}`]) {
      expect((await get(path)).body, path).not.toContain(url)
    }
  })

  it.each([
    ['queued', 'On its way to Credly'],
    ['issuing', 'On its way to Credly'],
    ['failed', 'On its way to Credly'],
    ['stopped', 'Not issued yet'],
  ] as const)('says of one that is %s: %s', async (state, words) => {
    const text = await pageIn({ state })
    expect(text).toContain(`<strong>${words}</strong>`)
    expect(text).not.toMatch(/See it at|signed/)
  })

  it('says that it ended there while its award stands', async () => {
    const text = await pageIn({
      ...issuedThere,
      external_id: 'ended',
      state: 'revoked',
      revoked_at: '2026-05-03T10:00:00Z',
    })
    expect(text).toContain('<strong>Taken back</strong>This badge was taken back at Credly on')
    expect(text).not.toContain('See it at')
  })

  it('says who revoked it and why, as of every other badge', async () => {
    const { awardId } = await anIssuance(app, { templateId }, { state: 'issued' })
    await takeBack(app, awardId, 'plagiarism')
    const { body } = await get(at(awardId), browser)
    expect(body).toContain('<strong>Revoked</strong>')
    expect(body).toContain('plagiarism')
  })

  it('links to no address that is none of the web', async () => {
    const evil = { ...issuedThere, external_id: 'evil', external_url: 'javascript:alert(1)' }
    expect(await pageIn(evil)).not.toContain('javascript')
  })
})

describe('documents of an award that a provider issues', () => {
  it('are not here, and every refusal says where the badge is', async () => {
    const values = { ...issuedThere, external_id: 'documents' }
    const { awardId } = await anIssuance(app, { templateId }, values)
    const paths = [at(awardId), `${at(awardId)}/baked`, `${at(awardId)}/verification`]
    for (const path of [...paths, `/credentials/${awardId}`]) {
      const answer = await get(path)
      expect(answer.statusCode, path).toBe(404)
      expect(answer.json().title).toBe(
        `This badge is issued through Credly and lives there: ${url}`,
      )
      expect(answer.headers['retry-after']).toBeUndefined()
    }
    await takeBack(app, awardId, null)
    for (const path of [at(awardId), `/credentials/${awardId}`]) {
      const answer = await get(path)
      expect(answer.statusCode).toBe(404)
      expect(answer.json().title).toContain('issued through Credly, and has been taken back')
    }
  })

  it('do not take its badge from its page', async () => {
    expect((await get(`/public/badges/${templateId}`)).json().type).toBe('BadgeClass')
    expect((await get(`/public/badges/${templateId}`, browser)).body).toContain('A badge to earn')
  })
})
