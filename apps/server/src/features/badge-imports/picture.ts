import { renderAsync } from '@resvg/resvg-js'
import type { Tx } from '../../db/database.js'
import { AppError } from '../../http/app-error.js'
import type { Images } from '../images/images.js'
import { setPicture } from './entry-repository.js'
import type { Arrived } from './imported.js'
import { type PictureSize, pictureSizeOf } from './picture-size.js'

type Picture = {
  readonly entryId: string
  readonly picture: Buffer | undefined
  readonly images: Pick<Images, 'store'>
}

const longerSide = 600
const mostPixels = 4096

/**
 * The picture of a badge as one that this site can show, or undefined: one is drawn instead. Made before
 * the transaction, because it takes its time.
 */
export async function readPicture({ prepared, findings }: Arrived): Promise<Buffer | undefined> {
  const isImage = prepared.contentType?.startsWith('image/') === true
  const bytes = (isImage ? prepared.bytes : undefined) ?? dataOf(findings.picture)
  if (bytes === undefined) return undefined
  const size = pictureSizeOf(bytes)
  // An SVG is cleaned, and refused where it could do anything.
  if (size === undefined) return bytes
  if (size.width > mostPixels || size.height > mostPixels) return undefined
  const isFit = size.type === 'image/png' && bytes.length <= 1024 * 1024
  return isFit ? bytes : await drawn(bytes, size)
}

// By way of an SVG around it, which can draw pictures that this site does not keep.
async function drawn(bytes: Buffer, { type, width, height }: PictureSize) {
  const href = `data:${type};base64,${bytes.toString('base64')}`
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}"><image width="${width}" height="${height}" href="${href}"/></svg>`
  const mode = width >= height ? 'width' : 'height'
  try {
    const value = Math.min(longerSide, Math.max(width, height))
    const options = { fitTo: { mode, value }, logLevel: 'off' } as const
    return (await renderAsync(svg, { ...options, font: { loadSystemFonts: false } })).asPng()
  } catch {
    // No sound picture; the badge is still the badge.
    return undefined
  }
}

export async function storePicture(tx: Tx, { entryId, picture, images }: Picture): Promise<void> {
  if (picture === undefined) return
  try {
    const { id } = await images.store(tx, picture)
    await setPicture(tx, entryId, id)
  } catch (error) {
    // What could run or fetch something is refused, before anything is written.
    if (!(error instanceof AppError)) throw error
  }
}

function dataOf(uri: string | undefined): Buffer | undefined {
  const [, body] = /^data:[^,]+;base64,(.+)$/s.exec(uri ?? '') ?? []
  return body === undefined ? undefined : Buffer.from(body, 'base64')
}
