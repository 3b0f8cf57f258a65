import type { FastifyReply, FastifyRequest } from 'fastify'
import type { HttpServer } from '../../http/http-server.js'
import { parsePublicId } from '../../http/public-id.js'
import { notThere, paramOf, queryTextOf } from '../badgr-auth/badgr-auth.js'
import type { ApiDeps } from './api-deps.js'
import { findShared, findSharedCollection } from './backpack-views.js'

type Shared = {
  readonly url: string
  readonly image: string
  readonly name: string
  readonly description: string
  readonly tweet: string
}
type Provider = (shared: Shared) => URL

const providers: Readonly<Record<string, Provider>> = {
  facebook: ({ url }) => address('https://www.facebook.com/sharer/sharer.php', { u: url }),
  linkedin: ({ url, name, description }) =>
    address('https://www.linkedin.com/shareArticle', {
      mini: 'true',
      url,
      title: name,
      summary: description,
    }),
  twitter: ({ tweet }) => address('https://twitter.com/intent/tweet', { text: tweet }),
  pinterest: ({ url, image, description }) =>
    address('http://www.pinterest.com/pin/create/button/', { url, media: image, description }),
}

/** Sends people on to a social site with what they want to show there; `prefix` is that of either version. */
export function shareRoutes(
  scope: HttpServer,
  { db, urls }: Pick<ApiDeps, 'db' | 'urls'>,
  paths: { readonly badge: string; readonly collection: string },
): void {
  scope.get(paths.badge, async (request, reply) => {
    const id = parsePublicId(paramOf(request, 'id'))
    const badge = id === undefined ? undefined : await findShared(db, id)
    if (id === undefined || badge === undefined) throw notThere()
    const url = urls.assertion(id)
    const tweet = `I earned a badge from ${badge.issuer}! ${url}`
    return send(request, reply, { ...badge, url, image: `${url}/image`, tweet })
  })

  scope.get(paths.collection, async (request, reply) => {
    const id = parsePublicId(paramOf(request, 'id'))
    const found = id === undefined ? undefined : await findSharedCollection(db, id)
    if (found === undefined) throw notThere()
    const url = `${urls.base}/public/collections/${found.hash}`
    const { name, description } = found
    return send(request, reply, {
      name,
      description,
      url,
      image: `${url}/image`,
      tweet: `${name} ${url}`,
    })
  })
}

function send(request: FastifyRequest, reply: FastifyReply, shared: Shared) {
  const name = queryTextOf(request, 'provider')?.toLowerCase() ?? ''
  if (name === '') return reply.code(400).send({ error: 'unspecified share provider' })
  const provider = Object.hasOwn(providers, name) ? providers[name] : undefined
  if (provider === undefined) throw notThere()
  const url = provider(shared).href
  return queryTextOf(request, 'redirect') === '0' ? reply.send({ url }) : reply.redirect(url, 302)
}

function address(base: string, query: Readonly<Record<string, string>>): URL {
  const url = new URL(base)
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
  return url
}
