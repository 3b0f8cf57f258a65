import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inTransaction } from '../../db/database.js'
import { createPublicUrls } from '../../http/public-urls.js'
import { aBadge } from '../../testing/sample-awards.js'
import { createTestApp, type TestApp } from '../../testing/test-app.js'

let app: TestApp
let server: ReturnType<TestApp['createServer']>
const urls = createPublicUrls('https://badges.example')
beforeAll(async () => {
  app = await createTestApp()
  server = app.createServer()
})
afterAll(() => app.drop())

async function keysOf(issuerId: string) {
  const keys = app.db.selectFrom('issuer_key').selectAll().where('issuer_id', '=', issuerId)
  return await keys.orderBy('created_at', 'desc').execute()
}

const json = async (url: string) => (await server.inject({ url })).json()

describe('an issuer', () => {
  it('begins with one key, sealed', async () => {
    const { issuerId } = await aBadge(app)
    const keys = await keysOf(issuerId)
    expect(keys).toHaveLength(1)
    expect(keys[0]?.kid).toMatch(/^z6Mk[1-9A-HJ-NP-Za-km-z]{44}$/)
    expect(keys[0]?.sealed_secret.includes('z3u2')).toBe(false)
  })

  it('publishes its keys under its address, its did:web and their own addresses', async () => {
    const { issuerId } = await aBadge(app)
    const kid = (await keysOf(issuerId))[0]?.kid ?? ''
    const id = urls.issuer(issuerId)
    const document = await json(urls.local(id))
    expect(document).toMatchObject({ id, assertionMethod: [urls.key(kid)] })
    expect(document.verificationMethod[0]).toEqual({
      id: urls.key(kid),
      type: 'Multikey',
      controller: id,
      publicKeyMultibase: kid,
    })
    expect(await json(`/keys/${kid}`)).toMatchObject({ id: urls.key(kid), controller: id })
    const did = await json(`${urls.local(id)}/did.json`)
    const name = `did:web:badges.example:issuers:${id.split('/').at(-1)}`
    expect(did).toMatchObject({ id: name, alsoKnownAs: [id], assertionMethod: [`${name}#${kid}`] })
  })

  it('keeps retired keys published', async () => {
    const { issuerId } = await aBadge(app)
    const rotated = await inTransaction(app.db, (tx) => app.issuers.rotateKey(tx, issuerId))
    const keys = await keysOf(issuerId)
    expect(keys.map((key) => key.retired_at === null)).toEqual([true, false])
    expect(keys[0]?.kid).toBe(rotated.kid)
    const { assertionMethod } = await json(urls.local(urls.issuer(issuerId)))
    expect(assertionMethod).toEqual(keys.map(({ kid }) => urls.key(kid)))
    for (const { kid } of keys) expect((await json(`/keys/${kid}`)).publicKeyMultibase).toBe(kid)
  })

  it('has one key in use after several rotations at once', async () => {
    const { issuerId } = await aBadge(app)
    const rotate = () => inTransaction(app.db, (tx) => app.issuers.rotateKey(tx, issuerId))
    await Promise.all([rotate(), rotate(), rotate()])
    expect((await keysOf(issuerId)).filter((key) => key.retired_at === null)).toHaveLength(1)
  })

  it('that was there first stands for the whole host', async () => {
    const first = await app.db
      .selectFrom('issuer')
      .select('id')
      .orderBy('created_at')
      .executeTakeFirstOrThrow()
    expect(await json('/.well-known/did.json')).toMatchObject({
      id: 'did:web:badges.example',
      alsoKnownAs: [urls.issuer(first.id)],
    })
  })

  it('shows people its page', async () => {
    const { issuerId } = await aBadge(app)
    const url = urls.local(urls.issuer(issuerId))
    const answer = await server.inject({ url, headers: { accept: 'text/html' } })
    expect(answer.statusCode).toBe(303)
    expect(answer.headers.location).toBe(urls.local(urls.issuerPage(issuerId)))
  })

  it('that does not exist is a problem', async () => {
    for (const url of ['/issuers/x', '/issuers/x/did.json', '/keys/x', '/keys/x%00']) {
      expect((await server.inject({ url })).statusCode).toBe(404)
    }
  })
})
