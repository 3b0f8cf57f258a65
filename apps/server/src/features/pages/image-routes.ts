import { bake } from '@rosette/open-badges'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { AppError } from '../../http/app-error.js'
import type { HttpServer } from '../../http/http-server.js'
import { notThere, publicIdOf, queryOf, sendDocument } from '../../http/public-answers.js'
import { type Picture, pictureSizes } from '../images/images.js'
import { createHostedBadges } from './hosted-badges.js'
import { awardOf, type PageDeps, signedTextOf } from './page-routes.js'
import { type AwardView, findBadgePicture, findIssuerView } from './page-views.js'
import { signedAssertionOf } from './signed-assertion-routes.js'
import { assertAwardShown } from './who-sees.js'

// An SVG that is opened by itself is a page: nothing in it may run or be fetched.
const sandbox = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox"

/** Pictures of badges and issuers, and those that carry a badge inside. */
export function imageRoutes(server: HttpServer, deps: PageDeps): void {
  const { db, images, credentials, pageCounts } = deps
  const send = createSender(deps)
  const hosted = createHostedBadges(deps)

  server.get('/public/badges/:id/image', async (request, reply) => {
    const badge = await findBadgePicture(db, publicIdOf(request, 'badge'))
    if (badge === undefined) throw notThere('badge')
    if (badge.imageUrl !== null) return sendThere(reply, badge.imageUrl)
    return await send(request, reply, badgePicture(badge))
  })

  server.get('/public/issuers/:id/image', async (request, reply) => {
    const issuer = await findIssuerView(db, publicIdOf(request, 'issuer'))
    if (issuer === undefined) throw notThere('issuer')
    const { issuerId, issuerName, issuerImageId } = issuer
    const picture = { kind: 'issuer', seed: issuerId, name: issuerName, imageId: issuerImageId }
    return await send(request, reply, { ...picture, kind: 'issuer' })
  })

  server.get('/public/assertions/:id/image', async (request, reply) => {
    const award = await awardOf(db, publicIdOf(request, 'badge'))
    // The plain address stands in the assertion, and is for whoever checks it.
    if (isForPeople(request)) await assertAwardShown({ request, reply }, award, db)
    if (award.imageUrl !== null) return sendThere(reply, award.imageUrl)
    return await send(request, reply, badgePicture(award))
  })

  server.get('/public/assertions/:id/baked', async (request, reply) => {
    const award = await awardOf(db, publicIdOf(request, 'badge'))
    await assertAwardShown({ request, reply }, award, db)
    const texts = await textsToBake(award, signedTextOf(award, reply), request)
    const picture = badgePicture(award)
    const isSvg = formatOf(request) === 'svg'
    const image = isSvg ? Buffer.from(await images.asSvg(picture)) : await images.asPng(picture)
    pageCounts.seen(request, 'download', award.awardId)
    return sendImage(request, reply, { body: bake(image, texts), isSvg })
  })

  /** One text for each version that was asked for. */
  async function textsToBake(award: AwardView, signedText: string, request: FastifyRequest) {
    const isJwt = isJwtAsked(request)
    const json = async (version: '2_0' | '1_1') => {
      const form = { version, expand: new Set(version === '1_1' ? ['badge.issuer'] : []) }
      return JSON.stringify(await hosted.award(award, signedText, form))
    }
    const texts = {
      '1.1': () => json('1_1'),
      '2': () => (isJwt ? signedAssertionOf(award, deps) : json('2_0')),
      '3': async () => (isJwt ? await credentials.jwt(award.awardId) : undefined) ?? signedText,
    }
    return await Promise.all(versionsOf(request).map((version) => texts[version]()))
  }
}

function createSender({ images }: PageDeps) {
  return async (request: FastifyRequest, reply: FastifyReply, picture: Picture) => {
    const size = sizeOf(request)
    if (isWide(request)) {
      return sendImage(request, reply, { body: await images.asWidePng(picture), isSvg: false })
    }
    // On our own pages an SVG is sharp and small; an uploaded PNG is sent no larger than it is shown.
    const forPage = queryOf(request, 'for') === 'page'
    const isSmallSvg = forPage && (await images.smallest(picture)) === 'image/svg+xml'
    const isOriginalSvg =
      typeOf(request) === 'original' && (await images.smallest(picture)) === 'image/svg+xml'
    const isSvg = isSmallSvg || isOriginalSvg || formatOf(request) === 'svg'
    const body = isSvg
      ? await images.asSvg(picture)
      : await images.asPng(picture, forPage ? 320 : size)
    return sendImage(request, reply, { body, isSvg })
  }
}

function badgePicture(badge: {
  readonly templateId: string
  readonly name: string
  readonly imageId: string | null
}): Picture {
  return { kind: 'badge', seed: badge.templateId, name: badge.name, imageId: badge.imageId }
}

// The provider's picture is shown from there: it may change, and it is the provider's.
function sendThere(reply: FastifyReply, url: string) {
  return reply.header('cache-control', 'public, max-age=300').redirect(url, 302)
}

function sendImage(
  request: FastifyRequest,
  reply: FastifyReply,
  image: { readonly body: string | Uint8Array; readonly isSvg: boolean },
) {
  reply.header('content-security-policy', sandbox)
  const type = image.isSvg ? 'image/svg+xml' : 'image/png'
  return sendDocument(request, reply, { body: image.body, type, maxAge: 300 })
}

function formatOf(request: FastifyRequest): 'png' | 'svg' {
  const format = queryOf(request, 'format') ?? 'png'
  if (format === 'png' || format === 'svg') return format
  throw new AppError('request-invalid', 'The format of an image is "png" or "svg".')
}

/** Whether a picture is asked for in a way in which pages and previews ask. */
function isForPeople(request: FastifyRequest): boolean {
  return ['for', 'size', 'type', 'fmt', 'format'].some(
    (name) => queryOf(request, name) !== undefined,
  )
}

// As Badgr has it: `type=original` is the picture as it was uploaded, `fmt=wide` for previews of links.
function typeOf(request: FastifyRequest): 'original' | 'png' | undefined {
  const type = queryOf(request, 'type')
  if (type === undefined || type === 'original' || type === 'png') return type
  throw new AppError('request-invalid', 'The type of an image is "original" or "png".')
}

function isWide(request: FastifyRequest): boolean {
  const form = queryOf(request, 'fmt') ?? 'square'
  if (form === 'square' || form === 'wide') return form === 'wide'
  throw new AppError('request-invalid', 'The "fmt" of an image is "square" or "wide".')
}

type Baked = '1.1' | '2' | '3'

/** Versions that a badge can be baked in, by what they are called here and by Badgr. */
const versionNames: Readonly<Record<string, Baked>> = {
  '1_1': '1.1',
  '2': '2',
  '2_0': '2',
  '3': '3',
}

function versionsOf(request: FastifyRequest): readonly Baked[] {
  const versions = (queryOf(request, 'v') ?? '3').split(',')
  const known = versions.flatMap((version) => versionNames[version] ?? [])
  // Versions 1.1 and 2.0 would stand in the same place of a file.
  const isFree =
    new Set(known).size === known.length && (known.length < 2 || !known.includes('1.1'))
  if (known.length === versions.length && isFree) return known
  const message = 'The version "v" of a baked badge is "2", "3", "2,3" for both, or "1_1".'
  throw new AppError('request-invalid', message)
}

function isJwtAsked(request: FastifyRequest): boolean {
  const form = queryOf(request, 'as') ?? 'json'
  if (form === 'jwt' || form === 'json') return form === 'jwt'
  throw new AppError('request-invalid', 'A badge is baked "as" "json" or "jwt".')
}

function sizeOf(request: FastifyRequest): number | undefined {
  const text = queryOf(request, 'size')
  if (text === undefined) return undefined
  const size = Number(text)
  if (pictureSizes.includes(size)) return size
  throw new AppError('request-invalid', `The size is one of ${pictureSizes.join(', ')}.`)
}
