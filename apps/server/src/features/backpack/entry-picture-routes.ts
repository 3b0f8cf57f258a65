import type { Db } from '../../db/database.js'
import { AppError } from '../../http/app-error.js'
import type { HttpServer } from '../../http/http-server.js'
import { notThere, publicIdOf, queryOf, toTagged } from '../../http/public-answers.js'
import { type Images, type Picture, pictureSizes } from '../images/images.js'
import { findEntryPicture } from './backpack-repository.js'

type Deps = { readonly db: Db; readonly images: Images }

// An SVG that is opened by itself is a page: nothing in it may run or be fetched.
const sandbox = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox"

/** Pictures of imported badges: for the learner always, for others while the badge may be seen. */
export function entryPictureRoutes(server: HttpServer, { db, images }: Deps): void {
  server.get('/public/backpack/:id/image', async (request, reply) => {
    const entry = await findEntryPicture(db, publicIdOf(request, 'badge'))
    const { actor } = request
    const isOwn = actor?.kind === 'user' && actor.id === entry?.userId
    const isShown = entry?.state === 'kept' && entry.visibility !== 'private'
    if (entry === undefined || !(isOwn || isShown)) throw notThere('badge')
    const { id: seed, name, pictureId: imageId } = entry
    const picture = { kind: 'badge' as const, seed, name, imageId }
    const { body, type } = await draw(images, picture, {
      isForPage: queryOf(request, 'for') === 'page',
      isSvg: queryOf(request, 'format') === 'svg',
      size: sizeOf(queryOf(request, 'size')),
    })
    const { bytes, tag } = toTagged(body)
    // Whether it may be seen can change: a browser asks each time, and gets it once.
    reply.header('cache-control', 'private, no-cache').header('etag', tag)
    if (request.headers['if-none-match'] === tag) return reply.code(304).send()
    return reply.header('content-security-policy', sandbox).type(type).send(bytes)
  })
}

type Wanted = {
  readonly isForPage: boolean
  readonly isSvg: boolean
  readonly size: number | undefined
}

async function draw(images: Images, picture: Picture, { isForPage, isSvg, size }: Wanted) {
  const isSmallSvg = isForPage && (await images.smallest(picture)) === 'image/svg+xml'
  return isSvg || isSmallSvg
    ? { body: await images.asSvg(picture), type: 'image/svg+xml' }
    : { body: await images.asPng(picture, isForPage ? 320 : size), type: 'image/png' }
}

function sizeOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const size = Number(text)
  if (pictureSizes.includes(size)) return size
  throw new AppError('request-invalid', `The size is one of ${pictureSizes.join(', ')}.`)
}
