import type { Role } from '@rosette/contract'
import type { InjectOptions } from 'fastify'
import { hashPassword } from '../features/accounts/accounts.js'
import type { HttpServer } from '../http/http-server.js'
import type { Answer } from './api-client.js'
import type { TestApp } from './test-app.js'

export const goodPassword = 'tea with seven spoons'

let made = 0

/** A browser at the console: it keeps its cookie, and says where its requests come from. */
export function openBrowser(server: HttpServer) {
  const jar = new Map<string, string>()
  made += 1
  // Each from an address of its own, so that tests do not use up each other's tries.
  const remoteAddress = `10.${(made >> 16) & 255}.${(made >> 8) & 255}.${made & 255}`

  async function send(options: InjectOptions): Promise<Answer> {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const response = await server.inject({
      remoteAddress,
      ...options,
      headers: {
        'sec-fetch-site': 'same-origin',
        'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
        ...(cookie === '' ? {} : { cookie }),
        ...options.headers,
      },
    })
    for (const { name, value } of response.cookies) {
      if (value === '') jar.delete(name)
      else jar.set(name, value)
    }
    const isJson = /json/.test(String(response.headers['content-type']))
    return {
      status: response.statusCode,
      headers: response.headers,
      body: isJson && response.payload !== '' ? response.json() : response.payload,
    }
  }

  const asking = (method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE') => {
    return (url: string, payload?: object) =>
      send({
        method,
        url: url.startsWith('/') ? url : `/api/v1/${url}`,
        ...(payload && { payload }),
      })
  }

  return {
    jar,
    send,
    get: asking('GET'),
    post: asking('POST'),
    put: asking('PUT'),
    patch: asking('PATCH'),
    delete: asking('DELETE'),
    signIn: (email: string, password = goodPassword) =>
      asking('POST')('session', { email, password }),
  }
}

export type Browser = ReturnType<typeof openBrowser>

type NewPerson = {
  readonly email?: string
  readonly name?: string
  readonly isAdministrator?: boolean
  readonly roles?: Readonly<Record<string, Role>>
}

let hash: Promise<string> | undefined

/** An account with `goodPassword`, and its roles by the id of the organization. */
export async function aPerson(app: TestApp, { roles = {}, ...person }: NewPerson = {}) {
  made += 1
  hash ??= hashPassword(goodPassword)
  const user = await app.db
    .insertInto('app_user')
    .values({
      email: person.email ?? `person${made}@university.example`,
      name: person.name ?? `Person ${made}`,
      password_hash: await hash,
      is_administrator: person.isAdministrator ?? false,
    })
    .returning(['id', 'email', 'name'])
    .executeTakeFirstOrThrow()
  for (const [organization_id, role] of Object.entries(roles)) {
    await app.db
      .insertInto('membership')
      .values({ organization_id, user_id: user.id, role })
      .execute()
  }
  return user
}

/** An account that is signed in. */
export async function aSignedIn(app: TestApp, server: HttpServer, person: NewPerson = {}) {
  const user = await aPerson(app, person)
  const browser = openBrowser(server)
  const answer = await browser.signIn(user.email)
  if (answer.status !== 200) throw new Error(`sign-in failed: ${JSON.stringify(answer.body)}`)
  return { ...browser, user }
}

/** The secret in a link of ours. */
export function secretIn(link: string | null): string {
  return link?.split('#')[1] ?? ''
}
