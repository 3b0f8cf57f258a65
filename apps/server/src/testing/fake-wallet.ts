import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import type { HttpServer } from '../http/http-server.js'

const preAuthorized = 'urn:ietf:params:oauth:grant-type:pre-authorized_code'

type Changed = { readonly header?: object; readonly claims?: object; readonly key?: KeyObject }

let made = 0

/** A wallet, as far as an issuer can see one: it has keys, and speaks OpenID4VCI. */
export function aWallet(server: HttpServer, audience = 'https://badges.example') {
  made += 1
  // Each from an address of its own, so that tests do not use up each other's tries.
  const remoteAddress = `10.78.${(made >> 8) & 255}.${made & 255}`
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const jwk = publicKey.export({ format: 'jwk' })

  function proof(nonce: string, { header, claims, key = privateKey }: Changed = {}): string {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
    const head = { typ: 'openid4vci-proof+jwt', alg: 'EdDSA', jwk, ...header }
    const iat = Math.floor(Date.now() / 1000)
    const data = `${part(head)}.${part({ aud: audience, iat, nonce, ...claims })}`
    const isEc = key.asymmetricKeyType === 'ec'
    const signing = { key, dsaEncoding: 'ieee-p1363' } as const
    const signature = sign(isEc ? 'sha256' : null, Buffer.from(data), signing)
    return `${data}.${signature.toString('base64url')}`
  }

  async function post(url: string, payload: string | object, headers: object = {}) {
    const isForm = typeof payload === 'string' && !payload.startsWith('{')
    const type = isForm ? 'application/x-www-form-urlencoded' : 'application/json'
    const answer = await server.inject({
      method: 'POST',
      remoteAddress,
      url,
      payload,
      headers: { 'content-type': type, ...headers },
    })
    return { status: answer.statusCode, headers: answer.headers, body: answer.json() }
  }

  const exchange = (code: string, pin: string, changed: Record<string, string> = {}) =>
    post(
      '/wallet/token',
      new URLSearchParams({
        grant_type: preAuthorized,
        'pre-authorized_code': code,
        tx_code: pin,
        ...changed,
      }).toString(),
    )

  const nonce = async (): Promise<string> => (await post('/wallet/nonce', {})).body.c_nonce

  const ask = (token: string, body: object | string) =>
    post('/wallet/credential', body, { authorization: `Bearer ${token}` })

  const take = async (token: string, configuration: string, changed: Changed = {}) =>
    ask(token, {
      credential_configuration_id: configuration,
      proofs: { jwt: [proof(await nonce(), changed)] },
    })

  return { jwk, proof, exchange, nonce, ask, take }
}

/** What stands in an offer that came as a link. */
export function codeIn(offer: string): string {
  const text = new URL(offer).searchParams.get('credential_offer') ?? ''
  return JSON.parse(text).grants[preAuthorized]['pre-authorized_code']
}
