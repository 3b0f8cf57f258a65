import type { InjectOptions } from 'fastify'
import type { Access } from '../http/access.js'
import type { TestApp } from './test-app.js'

export type Answer = {
  readonly status: number
  readonly headers: Readonly<Record<string, unknown>>
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers and compare them whole
  readonly body: any
}

/** A route of the server, and who may use it; pages for everybody need not say it. */
export type Route = {
  readonly method: string
  readonly url: string
  readonly access: Access | undefined
}

/** Asks the real server as an administrator, without a network. */
export async function createApiClient(app: TestApp) {
  const server = app.createServer()
  const routes: Route[] = []
  server.addHook('onRoute', ({ method, url, config }) => {
    for (const one of [method].flat()) routes.push({ method: one, url, access: config?.access })
  })
  await server.ready()

  async function send(options: InjectOptions): Promise<Answer> {
    const authorization = `Bearer ${app.adminToken}`
    const response = await server.inject({
      ...options,
      headers: { authorization, ...options.headers },
    })
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
    server,
    /** Every route that the server has. */
    routes,
    send,
    get: asking('GET'),
    post: asking('POST'),
    put: asking('PUT'),
    patch: asking('PATCH'),
    delete: asking('DELETE'),
  }
}

export type ApiClient = Awaited<ReturnType<typeof createApiClient>>

let made = 0

/** An organization with one issuer. */
export async function anOrganization(api: ApiClient) {
  made += 1
  const organization = await api.post('organizations', { name: `University ${made}` })
  const issuer = await api.post('issuers', {
    organizationId: organization.body.id,
    name: `Registrar ${made}`,
    url: 'https://university.example',
  })
  return { organizationId: String(organization.body.id), issuerId: String(issuer.body.id) }
}
