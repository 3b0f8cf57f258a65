import { describe, expect, it } from 'vitest'
import { type Call, checkedNextPage, createHttp, type Fetch } from './http.js'
import { ProviderError } from './provider-error.js'

const key = 'a-very-secret-key'

function answering(body: string, status: number): Fetch {
  return async () => new Response(body, { status })
}

async function failureOf(body: string, status: number, more: Partial<Call> = {}) {
  const http = createHttp('Credly', { fetch: answering(body, status) })
  const call = { method: 'GET', url: 'https://api.test/', headers: {}, ...more } as const
  return await http(call).then(
    (answer) => answer,
    (error: unknown) => error,
  )
}

const authorizations = [
  ['Bearer', `Bearer ${key}`, key],
  ['Token', `Token token=${key}`, key],
  ['Basic, decoded', `Basic ${Buffer.from(`${key}:`).toString('base64')}`, key],
  ['Basic, as it was sent', `Basic ${Buffer.from(`${key}:`).toString('base64')}`, btoa(`${key}:`)],
] as const

describe('a failure', () => {
  it.each([
    ['{"data":{"message":"Access denied."},"metadata":null}', 'Access denied.'],
    ['{"success":false,"data":"issuer_token not valid"}', 'issuer_token not valid'],
    [
      '{"status":{"success":false,"description":"no valid auth token found"}}',
      'no valid auth token found',
    ],
    ['{"detail":"Invalid token."}', 'Invalid token.'],
    ['{"errors":{"key":["is too old"]}}', 'is too old'],
    ['{"errors":["is too old","is odd"]}', 'is too old; is odd'],
    ['HTTP Token: Access denied.\n', 'HTTP Token: Access denied.'],
    ['<h1>Not <b>you</b></h1>', 'Not you'],
    ['{"code":7}', '{"code":7}'],
  ])('quotes the sentence in %s and nothing around it', async (body, sentence) => {
    const error = await failureOf(body, 401)
    expect(String(error)).toBe(`ProviderError: Credly does not accept the key: ${sentence}`)
  })

  it('does without words where there are none', async () => {
    expect(String(await failureOf('', 401))).toBe('ProviderError: Credly does not accept the key.')
    expect(String(await failureOf('', 502))).toBe('ProviderError: Credly failed with status 502.')
  })

  it.each(authorizations)('tells no key that is said back: %s', async (_, authorization, said) => {
    for (const status of [401, 500]) {
      const error = await failureOf(`{"data":{"message":"${said} is wrong"}}`, status, {
        headers: { authorization },
      })
      expect(String(error)).toContain('… is wrong')
    }
    const answer = await failureOf(`{"data":"${said} is wrong"}`, 422, {
      headers: { authorization },
    })
    expect(answer).toMatchObject({ json: { data: '… is wrong' }, text: '{"data":"… is wrong"}' })
  })

  it.each(['password', 'client_secret', 'refresh_token'])('tells no %s of a form', async (name) => {
    const body = new URLSearchParams({ grant_type: 'password', [name]: key })
    const error = await failureOf(`no ${key}`, 500, { method: 'POST', body })
    expect(String(error)).toBe('ProviderError: Credly failed with status 500: no …')
  })

  it('leaves words alone that only hold a very short key', async () => {
    const error = await failureOf('not accepted', 401, { headers: { authorization: 'Bearer ac' } })
    expect(String(error)).toContain('not accepted')
  })

  it('is told without characters that no database takes', async () => {
    const emoji = '🎖'.repeat(200)
    const { message } = (await failureOf(`a\u0000b${emoji}`, 500)) as ProviderError
    expect(message).toContain('a b')
    expect(message).not.toMatch(/[\p{Cc}\p{Cs}]/u)
  })
})

describe('an answer', () => {
  it('keeps what it gives, also a key', async () => {
    const headers = { authorization: `Bearer ${key}` }
    expect(await failureOf(`{"token":"${key}"}`, 200, { headers })).toMatchObject({
      json: { token: key },
    })
  })

  it('has no NUL characters in it', async () => {
    const answer = await failureOf(String.raw`{"name":"a\u0000b\\u0000\"\u0000"}`, 200)
    expect(answer).toMatchObject({ json: { name: String.raw`ab\u0000"` } })
  })
})

describe('a request', () => {
  it('whose key cannot stand in a header was never sent, and the key is not told', async () => {
    const http = createHttp('Accredible')
    const headers = { authorization: `Token token=${key}\n${key}` }
    const sent = http({ method: 'GET', url: 'http://localhost:1/', headers })
    const error = await sent.catch((failure: unknown) => failure)
    expect(error).toMatchObject({ kind: 'unauthorized' })
    const { cause } = error as ProviderError
    expect(`${error} ${cause}`).not.toContain(key)
  })
})

describe('a next page', () => {
  it('is asked for at the same origin only, and without a name in the address', () => {
    const check = (next: string) => checkedNextPage('Credly', next, 'https://api.test/v1/')
    expect(check('https://api.test/api/v1/x?page=2')).toBe('https://api.test/api/v1/x?page=2')
    for (const next of [
      'https://user:pass@api.test/v1/x',
      'https://user@api.test/v1/x',
      'http://api.test/v1/x',
      'https://api.test.evil.test/',
      '//evil.test/x',
      'javascript:alert(1)',
      'https://api.test:444/',
    ]) {
      expect(() => check(next), next).toThrow(ProviderError)
    }
  })
})
