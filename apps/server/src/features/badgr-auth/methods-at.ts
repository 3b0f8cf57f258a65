import type { FastifyRequest } from 'fastify'
import type { HttpServer } from '../../http/http-server.js'

/** Remembers the routes of a scope that come after it, and answers what can be done at an address. */
export function rememberMethods(scope: HttpServer): (request: FastifyRequest) => readonly string[] {
  const known: { readonly form: RegExp; readonly methods: readonly string[] }[] = []
  scope.addHook('onRoute', ({ url, method }) => {
    if (url.includes('*')) return
    const form = url.split(/:\w+/).map(escaped).join('[^/]+')
    known.push({ form: new RegExp(`^${form}/?$`), methods: [method].flat() })
  })
  return ({ url }) => {
    const [path = ''] = url.split('?')
    const found = known.filter(({ form }) => form.test(path)).flatMap(({ methods }) => methods)
    return [...new Set(found)]
  }
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
