import { OpenBadgesError } from '../errors.js'
import { present } from '../json/members.js'
import { type BadgeVersion, versionOf } from '../reading/detect.js'
import { bakePng, isPng, type PngKeyword, unbakePng } from './png.js'
import { bakeSvg, unbakeSvg } from './svg.js'

/** The image formats a badge can live in (Open Badges 3.0, 5.3). */
export type ImageKind = 'png' | 'svg'

/** A badge taken out of an image. */
export type Unbaked = {
  readonly kind: ImageKind
  readonly version: BadgeVersion
  /** JSON text, a compact JWS, or in old 2.0 images the URL of the assertion. */
  readonly text: string
  /** The versions of further badges in the image, none of which was read. */
  readonly others?: readonly BadgeVersion[]
}

/** The format of an image by its first bytes, or undefined when it is neither PNG nor SVG. */
export function detectImage(bytes: Uint8Array): ImageKind | undefined {
  if (isPng(bytes)) return 'png'
  const start = new TextDecoder().decode(bytes.subarray(0, 4096)).trimStart()
  return start.startsWith('<') && /^<(\?xml|!--|!doctype\s+svg|([\w-]+:)?svg[\s>/])/i.test(start)
    ? 'svg'
    : undefined
}

/** Puts a badge into a PNG or SVG, in the place its version prescribes (Open Badges 3.0, 5.3). */
export function bake(image: Uint8Array, text: string): Uint8Array {
  const version = versionOf(text)
  if (imageKind(image) === 'svg') return bakeSvg(image, text, { version })
  const keyword = version === '2.0' ? 'openbadges' : 'openbadgecredential'
  return bakePng(image, text, { keyword })
}

/** Takes the badge out of a PNG or SVG; an image without one is an error (Open Badges 3.0, 5.3). */
export function unbake(image: Uint8Array): Unbaked {
  const kind = imageKind(image)
  const found = kind === 'png' ? fromPng(image) : unbakeSvg(image)
  if (found !== undefined && found.text !== '') return { kind, ...found }
  throw new OpenBadgesError('ERR_OB_NOT_BAKED', 'There is no badge inside this image.')
}

function fromPng(png: Uint8Array) {
  const found = unbakePng(png)
  if (found === undefined) return undefined
  const { keyword, text, others } = found
  return present({ version: toVersion(keyword), text, others: others?.map(toVersion) })
}

function toVersion(keyword: PngKeyword): BadgeVersion {
  return keyword === 'openbadges' ? '2.0' : '3.0'
}

function imageKind(image: Uint8Array): ImageKind {
  const kind = detectImage(image)
  if (kind !== undefined) return kind
  throw new OpenBadgesError('ERR_OB_IMAGE', 'The image is neither a PNG nor an SVG.')
}
