import type { FastifyRequest } from 'fastify'
import type { Db } from '../../db/database.js'
import { AppError } from '../../http/app-error.js'
import { html } from '../../http/html.js'
import type { HttpServer } from '../../http/http-server.js'
import { queryOf, sendDocument } from '../../http/public-answers.js'
import type { PublicUrls } from '../../http/public-urls.js'
import type { Collections } from '../collections/collections.js'
import { createEmbeddables, type Embeddable } from './find-embeddable.js'

type Deps = { readonly db: Db; readonly urls: PublicUrls; readonly collections: Collections }

const cacheSeconds = 3600

/** How other sites embed pages of ours (oembed.com). */
export function oembedRoutes(server: HttpServer, deps: Deps): void {
  const { urls } = deps
  const find = createEmbeddables(deps)

  server.get('/public/oembed', async (request, reply) => {
    const format = queryOf(request, 'format') ?? 'json'
    if (format !== 'json') {
      // What the protocol asks to be answered for a form that is not spoken.
      return reply.code(501).type('text/plain; charset=utf-8').send('Only format=json is spoken.')
    }
    const address = queryOf(request, 'url')
    if (address === undefined) {
      const message = 'Name the page to embed as "url": a badge or a collection of this site.'
      throw new AppError('request-invalid', message)
    }
    const page = await find(address)
    if (page === undefined) {
      throw new AppError('not-found', 'There is no page to embed at that address on this site.')
    }
    const { name } = server.brand()
    const body = JSON.stringify(answerFor(page, sizeOf(request, page), { name, url: urls.start }))
    return sendDocument(request, reply, {
      body,
      type: 'application/json; charset=utf-8',
      maxAge: 60,
    })
  })
}

type Size = { readonly width: number; readonly height: number }
type Provider = { readonly name: string; readonly url: string }

function answerFor(page: Embeddable, { width, height }: Size, provider: Provider) {
  const { url, title, author, thumbnail } = page
  const frame = html`<iframe src="${`${url}?embed=1`}" width="${width}" height="${height}" title="${title}" style="border:0;max-width:100%" loading="lazy"></iframe>`
  return {
    version: '1.0',
    type: 'rich',
    provider_name: provider.name,
    provider_url: provider.url,
    title,
    ...(author !== null && { author_name: author }),
    html: frame.text,
    width,
    height,
    thumbnail_url: thumbnail.url,
    thumbnail_width: thumbnail.width,
    thumbnail_height: thumbnail.height,
    cache_age: cacheSeconds,
  }
}

// No larger than is asked for: whoever asks has that much room.
function sizeOf(request: FastifyRequest, { frame }: Embeddable): Size {
  return {
    width: Math.min(frame.width, boundOf(request, 'maxwidth') ?? frame.width),
    height: Math.min(frame.height, boundOf(request, 'maxheight') ?? frame.height),
  }
}

function boundOf(request: FastifyRequest, name: string): number | undefined {
  const text = queryOf(request, name)
  if (text === undefined || text === '') return undefined
  if (/^[1-9]\d{0,4}$/.test(text)) return Number(text)
  throw new AppError('request-invalid', `"${name}" is a number of pixels.`)
}
