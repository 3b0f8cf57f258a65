import { generateKeyPairSync } from 'node:crypto'
import { generateKeyPair, publicKeyOf, verifyCredential } from '@rosette/open-badges'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { HttpServer } from '../../http/http-server.js'
import { aWallet, codeIn } from '../../testing/fake-wallet.js'
import { aSignedIn } from '../../testing/person.js'
import { takeBack } from '../../testing/sample-awards.js'
import { aSignedBadge, createStranger } from '../../testing/signed-badges.js'
import { createTestApp, type TestApp } from '../../testing/test-app.js'

let app: TestApp
let server: HttpServer
let time = Date.now()
let people = 0
const now = () => new Date(time)

beforeAll(async () => {
  app = await createTestApp({}, { now })
  server = app.createServer()
  await server.ready()
})

afterAll(async () => {
  await app.drop()
})

/** Somebody with a badge of their own. */
async function aHolder() {
  people += 1
  const email = `holder${people}@learners.example`
  const person = await aSignedIn(app, server, { email })
  await app.db
    .updateTable('app_user')
    .set({ email_proven_at: now().toISOString() })
    .where('id', '=', person.user.id)
    .execute()
  const { awardId } = await aSignedBadge(app, {}, { learner: { email, username: email } })
  return { ...person, awardId, email }
}

const offerOf = ({ post, awardId }: Awaited<ReturnType<typeof aHolder>>) =>
  post(`backpack/badges/${awardId}/wallet-offers`)

async function aToken(holder: Awaited<ReturnType<typeof aHolder>>, wallet = aWallet(server)) {
  const { body } = await offerOf(holder)
  const { body: token } = await wallet.exchange(codeIn(body.offer), body.code)
  return { wallet, token: String(token.access_token) }
}

describe('what wallets find', () => {
  it('says what is issued, where, and which proofs are taken', async () => {
    const { body } = await createJson('/.well-known/openid-credential-issuer')
    expect(body).toMatchObject({
      credential_issuer: 'https://badges.example',
      credential_endpoint: 'https://badges.example/wallet/credential',
      nonce_endpoint: 'https://badges.example/wallet/nonce',
    })
    const formats = Object.values(body.credential_configurations_supported)
    expect(formats).toMatchObject([{ format: 'ldp_vc' }, { format: 'jwt_vc_json' }])
    const server = await createJson('/.well-known/oauth-authorization-server')
    expect(server.body).toMatchObject({
      issuer: body.credential_issuer,
      token_endpoint: 'https://badges.example/wallet/token',
    })
  })

  it('stands at the other address for a site below a path', async () => {
    const deep = await createTestApp({ ROSETTE_BASE_URL: 'https://campus.example/badges' })
    try {
      const deepServer = deep.createServer()
      const at = '/.well-known/openid-credential-issuer'
      const answer = await deepServer.inject({ url: `${at}/badges` })
      expect(answer.json()).toMatchObject({ credential_issuer: 'https://campus.example/badges' })
      expect((await deepServer.inject({ url: `${at}/other` })).statusCode).toBe(404)
    } finally {
      await deep.drop()
    }
  })

  async function createJson(url: string) {
    const answer = await server.inject({ url })
    return { status: answer.statusCode, body: answer.json() }
  }
})

describe('an offer', () => {
  it('is for the holder of a badge that is signed here', async () => {
    const ada = await aHolder()
    const grace = await aHolder()
    const made = await offerOf(ada)
    expect(made).toMatchObject({ status: 201, body: { code: expect.stringMatching(/^\d{6}$/) } })
    expect(made.body.qrCode).toContain('<svg')
    const foreign = await grace.post(`backpack/badges/${ada.awardId}/wallet-offers`)
    expect(foreign).toMatchObject({ status: 404, body: { code: 'badge-not-found' } })
    await takeBack(app, ada.awardId, null)
    expect(await offerOf(ada)).toMatchObject({ status: 409, body: { code: 'conflict' } })
  })

  it('is the same by reference, until it was taken up', async () => {
    const ada = await aHolder()
    const { body } = await offerOf(ada)
    const whole = new URL(body.offer).searchParams.get('credential_offer') ?? ''
    const reference = new URL(body.offerByReference).searchParams.get('credential_offer_uri') ?? ''
    const read = () => server.inject({ url: new URL(reference).pathname })
    expect((await read()).json()).toEqual(JSON.parse(whole))
    expect(JSON.parse(whole)).toMatchObject({ credential_issuer: 'https://badges.example' })
    const wallet = aWallet(server)
    const code = codeIn(body.offer)
    expect((await wallet.exchange(code, body.code)).status).toBe(200)
    expect((await read()).statusCode).toBe(404)
    const again = await wallet.exchange(code, body.code)
    expect(again).toMatchObject({ status: 400, body: { error: 'invalid_grant' } })
    const { rows } = await app.pool.query('select o::text as text from wallet_offer o')
    expect(rows.map(({ text }) => text).join()).not.toContain(code)
  })

  it('is taken up once by two who come at the same time', async () => {
    const { body } = await offerOf(await aHolder())
    const wallet = aWallet(server)
    const code = codeIn(body.offer)
    const both = await Promise.all([1, 2].map(() => wallet.exchange(code, body.code)))
    expect(both.map(({ status }) => status).sort()).toEqual([200, 400])
  })

  it('is over after five wrong numbers, and after ten minutes', async () => {
    const ada = await aHolder()
    const wallet = aWallet(server)
    const guessed = (await offerOf(ada)).body
    const wrong = guessed.code === '000000' ? '000001' : '000000'
    for (let n = 0; n < 5; n += 1) {
      const refused = await wallet.exchange(codeIn(guessed.offer), wrong)
      expect(refused).toMatchObject({ status: 400, body: { error: 'invalid_grant' } })
    }
    expect((await wallet.exchange(codeIn(guessed.offer), guessed.code)).status).toBe(400)
    const late = (await offerOf(ada)).body
    time += 601_000
    expect((await wallet.exchange(codeIn(late.offer), late.code)).status).toBe(400)
    time -= 601_000
  })

  it('takes the place of an earlier one of the same badge', async () => {
    const ada = await aHolder()
    const first = (await offerOf(ada)).body
    const second = (await offerOf(ada)).body
    const wallet = aWallet(server)
    expect((await wallet.exchange(codeIn(first.offer), first.code)).status).toBe(400)
    expect((await wallet.exchange(codeIn(second.offer), second.code)).status).toBe(200)
  })

  it.each([
    [{ grant_type: 'authorization_code' }, 'unsupported_grant_type'],
    [{ tx_code: '' }, 'invalid_request'],
    [{ 'pre-authorized_code': '' }, 'invalid_request'],
    [{ 'pre-authorized_code': 'x' }, 'invalid_grant'],
  ])('is not taken up with %j', async (changed, error) => {
    const { body } = await offerOf(await aHolder())
    const given = { [Object.keys(changed)[0] ?? '']: Object.values(changed)[0] ?? '' }
    const answer = await aWallet(server).exchange(codeIn(body.offer), body.code, given)
    expect(answer).toMatchObject({ status: 400, body: { error } })
  })
})

describe('a badge in a wallet', () => {
  it('is bound to its key in both forms, verifies, and is revoked with the award', async () => {
    const ada = await aHolder()
    const { wallet, token } = await aToken(ada)
    const linked = await wallet.take(token, 'open_badge_ldp_vc')
    const compact = await wallet.take(token, 'open_badge_jwt_vc_json')
    expect(linked.status).toBe(200)
    expect(linked.headers['cache-control']).toBe('no-store')
    const { credential } = linked.body.credentials[0]
    const kept = (await server.inject({ url: `/credentials/${ada.awardId}` })).json()
    const { crv, kty, x } = wallet.jwk
    const did = `did:jwk:${Buffer.from(JSON.stringify({ crv, kty, x })).toString('base64url')}`
    expect(credential).toMatchObject({ id: kept.id, credentialStatus: kept.credentialStatus })
    expect(credential.credentialSubject).toEqual({ id: did, ...kept.credentialSubject })
    expect(kept.credentialSubject.id).toBeUndefined()

    const stranger = createStranger(server, now)
    const jwt = compact.body.credentials[0].credential
    const verify = (badge: unknown) =>
      verifyCredential(badge, { documents: stranger.fetch, now: now(), recipient: ada.email })
    for (const badge of [credential, jwt]) {
      expect(await verify(badge)).toMatchObject({ verdict: 'valid' })
    }
    await takeBack(app, ada.awardId, 'A mistake.')
    for (const badge of [credential, jwt]) {
      expect(await verify(badge)).toMatchObject({ verdict: 'revoked' })
    }
    const refused = await wallet.take(token, 'open_badge_ldp_vc')
    expect(refused).toMatchObject({ status: 400, body: { error: 'credential_request_denied' } })
  })

  it('is bound to a did:key, and to a P-256 key, where the wallet has one', async () => {
    const { wallet, token } = await aToken(await aHolder())
    const { publicKeyMultibase: multibase, ...pair } = generateKeyPair()
    const seed = Buffer.from(base58Bytes(pair.secretKeyMultibase)).subarray(2)
    expect(publicKeyOf(multibase).asymmetricKeyType).toBe('ed25519')
    const { createPrivateKey } = await import('node:crypto')
    const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed])
    const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
    const kid = `did:key:${multibase}#${multibase}`
    const byDid = await wallet.take(token, 'open_badge_ldp_vc', {
      header: { kid, jwk: undefined },
      key,
    })
    expect(byDid.body.credentials[0].credential.credentialSubject.id).toBe(`did:key:${multibase}`)
    const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const jwk = ec.publicKey.export({ format: 'jwk' })
    const byEc = await wallet.take(token, 'open_badge_ldp_vc', {
      header: { alg: 'ES256', jwk },
      key: ec.privateKey,
    })
    expect(byEc.body.credentials[0].credential.credentialSubject.id).toMatch(/^did:jwk:/)
  })

  it('is given to whoever the LMS says has earned it, whatever address that was for', async () => {
    const ada = await aHolder()
    const learner = { lms_user_id: 4711, email: 'campus@lms.example' }
    await app.db.updateTable('learner').set(learner).where('email', '=', ada.email).execute()
    const identity = { provider: 'lms', subject: '4711', user_id: ada.user.id, lms_user_id: 4711 }
    await app.db
      .insertInto('user_identity')
      .values({ ...identity, last_used_at: now().toISOString() })
      .execute()
    const { wallet, token } = await aToken(ada)
    expect((await wallet.take(token, 'open_badge_ldp_vc')).status).toBe(200)
    await app.db.deleteFrom('user_identity').where('user_id', '=', ada.user.id).execute()
    expect((await wallet.take(token, 'open_badge_ldp_vc')).status).toBe(401)
  })

  it('is refused without a token, and with one that is over', async () => {
    const { wallet, token } = await aToken(await aHolder())
    for (const wrong of ['x', '']) {
      const answer = await wallet.take(wrong, 'open_badge_ldp_vc')
      expect(answer).toMatchObject({ status: 401, body: { error: 'invalid_token' } })
      expect(answer.headers['www-authenticate']).toContain('Bearer')
    }
    time += 601_000
    expect((await wallet.take(token, 'open_badge_ldp_vc')).status).toBe(401)
    time -= 601_000
  })

  it.each([
    ['open_badge_ldp_vc', {}, 'invalid_proof'],
    ['nothing', { proofs: { jwt: ['x'] } }, 'unknown_credential_configuration'],
    ['toString', { proofs: { jwt: ['x'] } }, 'unknown_credential_configuration'],
    [undefined, { credential_identifier: 'x' }, 'unknown_credential_identifier'],
    ['open_badge_ldp_vc', { credential_identifier: 'x' }, 'invalid_credential_request'],
    [undefined, {}, 'invalid_credential_request'],
    ['open_badge_ldp_vc', { proofs: { jwt: [] } }, 'invalid_credential_request'],
    ['open_badge_ldp_vc', { proofs: { jwt: ['a', 'b'] } }, 'invalid_credential_request'],
    ['open_badge_ldp_vc', { proofs: { di_vp: [{}] } }, 'invalid_credential_request'],
    [
      'open_badge_ldp_vc',
      { credential_response_encryption: {}, proofs: { jwt: ['x'] } },
      'invalid_encryption_parameters',
    ],
  ])('is refused for %s with %j', async (id, more, error) => {
    const { wallet, token } = await aToken(await aHolder())
    const body = { ...(id !== undefined && { credential_configuration_id: id }), ...more }
    expect(await wallet.ask(token, body)).toMatchObject({ status: 400, body: { error } })
  })

  it('is refused for what is no JSON', async () => {
    const { wallet, token } = await aToken(await aHolder())
    const answer = await wallet.ask(token, '{')
    expect(answer).toMatchObject({ status: 400, body: { error: 'invalid_credential_request' } })
  })

  const foreign = generateKeyPairSync('ed25519')
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const secret = foreign.privateKey.export({ format: 'jwk' })
  it.each([
    ['another type', { header: { typ: 'JWT' } }],
    ['no algorithm', { header: { alg: 'none' } }],
    ['another key', { key: foreign.privateKey }],
    ['a secret key in it', { header: { jwk: secret }, key: foreign.privateKey }],
    ['an RSA key', { header: { jwk: rsa.publicKey.export({ format: 'jwk' }) } }],
    ['a key and a name', { header: { kid: 'did:key:z6Mk' } }],
    ['no key', { header: { jwk: undefined } }],
    ['a key by its web address', { header: { jwk: undefined, kid: 'https://evil.example/key' } }],
    ['a certificate', { header: { jwk: undefined, x5c: ['x'] } }],
    ['ES256 said of another key', { header: { alg: 'ES256' } }],
    ['another audience', { claims: { aud: 'https://elsewhere.example' } }],
    ['an old time', { claims: { iat: Math.floor(Date.now() / 1000) - 3600 } }],
    ['a time to come', { claims: { iat: Math.floor(Date.now() / 1000) + 3600 } }],
  ])('is refused for a proof with %s', async (_what, changed) => {
    const { wallet, token } = await aToken(await aHolder())
    const answer = await wallet.take(token, 'open_badge_ldp_vc', changed)
    expect(answer).toMatchObject({ status: 400, body: { error: 'invalid_proof' } })
  })

  it('is refused for a nonce that is invented, missing, old or used', async () => {
    const { wallet, token } = await aToken(await aHolder())
    const nonce = await wallet.nonce()
    const ask = (changed: Parameters<typeof wallet.proof>[1], given = nonce) =>
      wallet.ask(token, {
        credential_configuration_id: 'open_badge_ldp_vc',
        proofs: { jwt: [wallet.proof(given, changed)] },
      })
    const refused = { status: 400, body: { error: 'invalid_nonce' } }
    expect(await ask({ claims: { nonce: undefined } })).toMatchObject(refused)
    expect(await ask({}, 'invented')).toMatchObject(refused)
    expect(await ask({}, nonce.replace(/\.\d+\./, '.99999999999.'))).toMatchObject(refused)
    const both = await Promise.all([ask({}), ask({})])
    expect(both.map(({ status }) => status).sort()).toEqual([200, 400])
    expect(await ask({})).toMatchObject(refused)
  })
})

function base58Bytes(multibase: string): Uint8Array {
  const alphabet = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'
  let value = 0n
  for (const character of multibase.slice(1))
    value = value * 58n + BigInt(alphabet.indexOf(character))
  const hex = value.toString(16)
  return Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex')
}
