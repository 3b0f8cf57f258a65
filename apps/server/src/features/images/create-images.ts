import { createHash } from 'node:crypto'
import type { Db, Tx } from '../../db/database.js'
import { checkPng, looksLikePng } from './check-png.js'
import { cleanSvg, looksLikeSvg } from './clean-svg.js'
import { defaultPicture, type Subject } from './default-picture.js'
import { createLeastRecentlyUsed } from './least-recently-used.js'
import { refuseImage } from './refuse-image.js'
import { checkDrawable, renderSvg } from './render-svg.js'
import { onWideGround, wideSize } from './wide-picture.js'

const maxBytes = 2 * 1024 * 1024
/** The longer side of a picture in pixels, unless another of the sizes is asked for. */
const pictureSize = 600
export const pictureSizes: readonly number[] = [64, 128, 320, pictureSize]

export type MediaType = 'image/png' | 'image/svg+xml'
export type CheckedImage = { readonly mediaType: MediaType; readonly content: Buffer }
export type Picture = Subject & { readonly imageId: string | null }

/** Finds out by its content what was uploaded, and refuses what is not a sound and harmless image. */
export function checkImage(bytes: Buffer): CheckedImage {
  if (bytes.length > maxBytes) {
    const size = (bytes.length / 1024 / 1024).toFixed(1)
    throw refuseImage(`The image has ${size} MB, and 2 MB are the most.`, 'Make it smaller.')
  }
  if (looksLikePng(bytes)) return { mediaType: 'image/png', content: checkPng(bytes) }
  const text = decoded(bytes)
  if (text === undefined || !looksLikeSvg(text)) {
    throw refuseImage(
      'This is neither a PNG nor an SVG, whatever its name says.',
      'Export the image in one of these formats.',
    )
  }
  const svg = cleanSvg(text)
  checkDrawable(svg)
  return { mediaType: 'image/svg+xml', content: Buffer.from(svg) }
}

/** Pictures of badges and issuers: uploaded ones, and drawn ones for those that have none. */
export function createImages({ db }: { readonly db: Db }) {
  const drawn = createLeastRecentlyUsed<Promise<Buffer>>(200)

  async function store(tx: Tx, bytes: Buffer): Promise<{ readonly id: string } & CheckedImage> {
    const checked = checkImage(bytes)
    const { id } = await tx
      .insertInto('image')
      .values({
        media_type: checked.mediaType,
        content: checked.content,
        sha256: createHash('sha256').update(checked.content).digest(),
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    return { id, ...checked }
  }

  async function find(id: string): Promise<CheckedImage | undefined> {
    const images = db.selectFrom('image').select(['media_type', 'content']).where('id', '=', id)
    const found = await images.executeTakeFirst()
    return found && { mediaType: found.media_type, content: found.content }
  }

  async function asSvg(picture: Picture): Promise<string> {
    const image = await uploaded(picture)
    if (image === undefined) return defaultPicture(picture)
    return image.mediaType === 'image/svg+xml' ? image.content.toString() : wrapped(image.content)
  }

  /** A PNG; without a size an uploaded one is given as it is. */
  async function asPng(picture: Picture, size?: number): Promise<Buffer> {
    const image = await uploaded(picture)
    if (image?.mediaType === 'image/png' && size === undefined) return image.content
    const pixels = size ?? pictureSize
    const key = [picture.imageId ?? `${picture.kind} ${picture.seed} ${picture.name}`, pixels]
    return await drawn(key.join(' '), async () => await renderSvg(await asSvg(picture), pixels))
  }

  /** A PNG about twice as wide as high, for previews of links. */
  async function asWidePng(picture: Picture): Promise<Buffer> {
    const key = [picture.imageId ?? `${picture.kind} ${picture.seed} ${picture.name}`, 'wide']
    const draw = async () =>
      renderSvg(onWideGround(await asPng(picture, pictureSize)), wideSize.width)
    return await drawn(key.join(' '), draw)
  }

  /** The kind of file that is smallest for a web page. */
  async function smallest(picture: Picture): Promise<MediaType> {
    return (await uploaded(picture))?.mediaType ?? 'image/svg+xml'
  }

  async function uploaded({ imageId }: Picture): Promise<CheckedImage | undefined> {
    return imageId === null ? undefined : await find(imageId)
  }

  return { store, find, asSvg, asPng, asWidePng, smallest }
}

export type Images = ReturnType<typeof createImages>

/** A PNG inside an SVG, for those who want an SVG of it. */
function wrapped(png: Buffer): string {
  const width = png.readUInt32BE(16)
  const height = png.readUInt32BE(20)
  const data = png.toString('base64')
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}"><image width="${width}" height="${height}" href="data:image/png;base64,${data}"/></svg>`
}

function decoded(bytes: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}
