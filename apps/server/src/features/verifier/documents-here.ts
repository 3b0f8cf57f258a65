import type { HttpServer } from '../../http/http-server.js'
import type { PublicUrls } from '../../http/public-urls.js'
import { type Answer, accept, toDocument } from './to-document.js'

const id = '[\\w-]+'

/**
 * What badges and their checks are made of; no page, and never a verification inside another. A closed
 * list, letter by letter: the router reads `%76` as `v`, so what is escaped could be anything.
 */
const documentPaths = new RegExp(
  `^/(?:${[
    `(?:keys|status|endorsements)/${id}`,
    `issuers/${id}(?:/did\\.json)?`,
    `credentials/${id}(?:/refresh)?`,
    `public/(?:badges|keys)/${id}(?:/image)?`,
    `public/backpack/${id}`,
    `public/issuers/${id}(?:/image|/revocations)?`,
    `public/assertions/${id}(?:/image|/baked|/signed)?`,
    '\\.well-known/(?:did|jwks)\\.json',
  ].join('|')})/?$`,
)

/**
 * Answers our own addresses without going over the network: the same documents that everybody else is
 * served. Undefined for the address of somebody else; throws for what is not here, with the `status`.
 */
export function createDocumentsHere(server: Pick<HttpServer, 'inject'>, urls: PublicUrls) {
  const base = new URL(urls.base)
  const prefix = base.pathname.replace(/\/$/, '')

  return function documentHere(address: string): Promise<Answer> | undefined {
    const { host, pathname, search } = new URL(address)
    if (host !== base.host || !pathname.startsWith(`${prefix}/`)) return undefined
    const path = pathname.slice(prefix.length)
    return ask(documentPaths.test(path) ? path + search : undefined, address)
  }

  async function ask(path: string | undefined, address: string): Promise<Answer> {
    const answer =
      path === undefined ? undefined : await server.inject({ url: path, headers: { accept } })
    if (answer?.statusCode === 200) {
      return { bytes: answer.rawPayload, type: String(answer.headers['content-type']) }
    }
    const error = new Error(`There is no document of ours at ${address}.`)
    throw Object.assign(error, { status: answer?.statusCode ?? 404 })
  }
}

/** The same for badges that we issue ourselves: nobody else is asked. */
export function createOwnDocuments(here: ReturnType<typeof createDocumentsHere>) {
  return async (address: string): Promise<unknown> => {
    const answer = await here(address)
    if (answer !== undefined) return toDocument(answer)
    throw new Error(`Nobody else is asked for ${address}.`)
  }
}
