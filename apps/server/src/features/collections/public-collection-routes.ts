import { createHash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Db } from '../../db/database.js'
import { sendPage } from '../../http/html-page.js'
import { plural } from '../../http/html-words.js'
import type { HttpServer } from '../../http/http-server.js'
import { prefersHtml, varyByReader } from '../../http/negotiate.js'
import { notThere, paramOf, queryOf, sendDocument, sendJson } from '../../http/public-answers.js'
import type { PublicUrls } from '../../http/public-urls.js'
import type { Appearances } from '../appearance/appearance.js'
import { createLeastRecentlyUsed, type Images, renderSvg } from '../images/images.js'
import { type HostedForm, hostedFormOf } from '../pages/pages.js'
import { createCollectedAssertions } from './collected-assertions.js'
import { listDrawn } from './collected-views.js'
import { toCollectionDocument } from './collection-document.js'
import { collectionImage, collectionImageSize, picturesOnImage } from './collection-image.js'
import { collectionPage, embeddedCollection } from './collection-page.js'
import type { Collections, SharedCollection } from './create-collections.js'

type Deps = {
  readonly db: Db
  readonly urls: PublicUrls
  readonly images: Images
  readonly appearances: Appearances
  readonly collections: Collections
}

/** What the link of a published collection leads to: a page, a card, a document, a picture. */
export function publicCollectionRoutes(server: HttpServer, deps: Deps): void {
  const { urls, collections } = deps
  const assertions = createCollectedAssertions(deps)
  const draw = createDrawing(deps)

  async function sharedAt(request: FastifyRequest): Promise<SharedCollection> {
    const collection = await collections.findShared(paramOf(request, 'id'))
    if (collection === undefined) throw notThere('collection')
    return collection
  }

  async function send(request: FastifyRequest, reply: FastifyReply) {
    const collection = await sharedAt(request)
    const url = urls.collection(paramOf(request, 'id'))
    varyByReader(reply)
    if (prefersHtml(request)) {
      const isEmbedded = queryOf(request, 'embed') === '1'
      const page = isEmbedded ? embeddedCollection : collectionPage
      return sendPage(reply, page({ collection, url, urls }))
    }
    const assertionOf = assertions(formOf(request))
    return sendJson(request, reply, await toCollectionDocument(collection, { url, assertionOf }))
  }

  server.get('/public/collections/:id', send)
  server.get('/public/collections/:id(^[\\w-]+).json', send)

  server.get('/public/collections/:id/image', async (request, reply) => {
    const body = await draw(await sharedAt(request))
    return sendDocument(request, reply, { body, type: 'image/png', maxAge: 300 })
  })
}

/** What stands in a collection whole is named from there: `badges.badge`, `badges.badge.issuer`. */
function formOf(request: FastifyRequest): HostedForm {
  const { version, expand } = hostedFormOf(request)
  const inside = [...expand].map((path) => path.replace(/^badges\./, ''))
  return { version, expand: new Set(inside) }
}

/** Pixels of one badge on the picture of a collection, enough for the largest. */
const tileSize = 400

/** Draws each collection once for as long as it says the same. */
function createDrawing({ db, images, appearances }: Deps) {
  const drawn = createLeastRecentlyUsed<Promise<Buffer>>(50)

  return async (collection: SharedCollection): Promise<Buffer> => {
    const { name, badges } = collection
    const first = badges.slice(0, picturesOnImage).map(({ badge }) => badge.id)
    const found = await listDrawn(db, first)
    const ordered = first.flatMap((id) => found.find((each) => each.id === id) ?? [])
    const { name: siteName, accents } = await appearances.view()
    const count = plural(badges.length, { one: '{n} badge', other: '{n} badges' })
    const facts = { name, count, siteName, accent: accents.light.colour }
    const key = createHash('sha256')
      .update(JSON.stringify([facts, ordered]))
      .digest('base64')
    return await drawn(key, async () => {
      const pictures = await Promise.all(
        ordered.map((each) => images.asPng({ kind: 'badge', ...each }, tileSize)),
      )
      return await renderSvg(collectionImage({ ...facts, pictures }), collectionImageSize.width)
    })
  }
}
