import { createHash } from 'node:crypto'
import { createServer } from 'node:http'
import { text } from 'node:stream/consumers'
import { findFreePort } from '@rosette/testkit'

/** The OAuth 2.0 of an LMS of Open edX, as far as signing in needs it: no id token, but a JWT on request. */
export async function startFakeLms(secret: string) {
  const port = await findFreePort()
  const address = `http://127.0.0.1:${port}`
  const challenges = new Map<string, string>()
  let claims: Readonly<Record<string, unknown>> = {}

  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', address)
    if (url.pathname === '/oauth2/authorize/') {
      const code = `code${challenges.size}`
      challenges.set(code, url.searchParams.get('code_challenge') ?? '')
      const back = new URL(url.searchParams.get('redirect_uri') ?? '')
      back.search = new URLSearchParams({
        code,
        state: url.searchParams.get('state') ?? '',
      }).toString()
      response.writeHead(302, { location: back.href }).end()
      return
    }
    const form = new URLSearchParams(await text(request))
    const code = form.get('code') ?? ''
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url')
    const isGood =
      url.pathname === '/oauth2/access_token/' &&
      form.get('token_type') === 'jwt' &&
      form.get('client_secret') === secret &&
      challenges.get(code) === challenge
    challenges.delete(code)
    const body = isGood
      ? {
          access_token: tokenOf(claims),
          token_type: 'JWT',
          expires_in: 3600,
          scope: 'email profile',
        }
      : { error: 'invalid_grant' }
    response.writeHead(isGood ? 200 : 400, { 'content-type': 'application/json' })
    response.end(JSON.stringify(body))
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))

  return {
    address,
    signInAs(person: Readonly<Record<string, unknown>>) {
      const now = Math.floor(Date.now() / 1000)
      claims = { aud: 'openedx', iss: `${address}/oauth2`, iat: now, exp: now + 3600, ...person }
    },
    stop: () => new Promise((resolve) => server.close(resolve)),
  }
}

export type FakeLms = Awaited<ReturnType<typeof startFakeLms>>

function tokenOf(claims: object): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  return `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims)}.c2lnbmF0dXJl`
}
