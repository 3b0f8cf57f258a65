import type { InjectOptions } from 'fastify'
import type { HttpServer } from '../http/http-server.js'
import { toPublicId } from '../http/public-id.js'
import { type Answer, type ApiClient, anOrganization } from './api-client.js'
import { aPerson, goodPassword } from './person.js'
import type { TestApp } from './test-app.js'

let made = 0

/** A picture of one pixel. */
export const aPng = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

/** What a client written for Badgr sends, as whoever holds the token. */
export function openBadgrClient(server: HttpServer, authorization?: string) {
  made += 1
  const remoteAddress = `10.77.${(made >> 8) & 255}.${made & 255}`

  async function send(options: InjectOptions): Promise<Answer> {
    const head = authorization === undefined ? {} : { authorization }
    const headers = { ...head, ...options.headers }
    const response = await server.inject({ remoteAddress, ...options, headers })
    const isJson = /json/.test(String(response.headers['content-type']))
    return {
      status: response.statusCode,
      headers: response.headers,
      body: isJson && response.payload !== '' ? response.json() : response.payload,
    }
  }

  const asking = (method: 'GET' | 'POST' | 'PUT' | 'DELETE') => (url: string, payload?: object) =>
    send({ method, url, ...(payload && { payload }) })

  return {
    send,
    get: asking('GET'),
    post: asking('POST'),
    put: asking('PUT'),
    delete: asking('DELETE'),
    form: (url: string, fields: Readonly<Record<string, string>>) =>
      send({
        method: 'POST',
        url,
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        payload: new URLSearchParams(fields).toString(),
      }),
    async multipart(url: string, fields: Readonly<Record<string, string | Buffer>>) {
      const form = new FormData()
      for (const [name, value] of Object.entries(fields)) {
        if (typeof value === 'string') form.append(name, value)
        else
          form.append(name, new Blob([new Uint8Array(value)], { type: 'image/png' }), 'badge.png')
      }
      const encoded = new Response(form)
      const payload = Buffer.from(await encoded.arrayBuffer())
      const type = encoded.headers.get('content-type') ?? ''
      return await send({ method: 'POST', url, payload, headers: { 'content-type': type } })
    },
  }
}

export type BadgrClient = ReturnType<typeof openBadgrClient>

/** An organization, an account that works for it, and a client with its token. */
export async function aBadgrSite(app: TestApp, api: ApiClient, role: 'owner' | 'staff' = 'owner') {
  const { organizationId, issuerId } = await anOrganization(api)
  const user = await aPerson(app, { roles: { [organizationId]: role } })
  const stranger = openBadgrClient(api.server)
  const signedIn = await stranger.form('/o/token', { username: user.email, password: goodPassword })
  if (signedIn.status !== 200) throw new Error(JSON.stringify(signedIn.body))
  const client = openBadgrClient(api.server, `Bearer ${signedIn.body.access_token}`)
  return { organizationId, issuerId, issuer: toPublicId(issuerId), user, client, signedIn }
}

/** A badge class of the site; answers with its id as clients see it. */
export async function aBadgeClass(
  { client, issuer }: { readonly client: BadgrClient; readonly issuer: string },
  more: Readonly<Record<string, unknown>> = {},
): Promise<string> {
  const answer = await client.post(`/v2/issuers/${issuer}/badgeclasses`, {
    name: 'Course completed',
    description: 'For those who completed the course.',
    criteriaUrl: 'https://lms.example/courses/1/about',
    image: `data:image/png;base64,${aPng.toString('base64')}`,
    ...more,
  })
  if (answer.status !== 201) throw new Error(JSON.stringify(answer.body))
  return String(answer.body.result[0].entityId)
}
