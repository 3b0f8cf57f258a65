import { OpenBadgesError } from '../errors.js'
import { present } from '../json/members.js'
import { type BadgeVersion, versionOf } from '../reading/detect.js'
import { bakePng, isPng, type PngKeyword, unbakeAllPng, unbakePng } from './png.js'
import { bakeSvg, unbakeAllSvg, unbakeSvg } from './svg.js'
import { looksLikeSvg } from './svg-text.js'

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
  return looksLikeSvg(bytes) ? 'svg' : undefined
}

/**
 * Puts a badge into a PNG or SVG, in the place its version prescribes (Open Badges 3.0, 5.3).
 *
 * A badge already there is replaced. With `keepOther` one of the other version stays beside it; a
 * list puts one badge of each version in at once. Throws `ERR_OB_IMAGE`, `ERR_OB_PNG` or `ERR_OB_SVG`
 * for an image that cannot be read, and `ERR_OB_TOO_LARGE` beyond 32 MB (PNG) or 16 MB (SVG).
 *
 * @param text - JSON, a compact JWS or, for Open Badges 2.0, an address
 * @param options - what becomes of a badge that is there already
 *
 * @example
 * const image = bake(png, [credential, assertion])
 */
export function bake(
  image: Uint8Array,
  text: string | readonly string[],
  { keepOther = false }: { keepOther?: boolean } = {},
): Uint8Array {
  const kind = imageKind(image)
  const texts = [text].flat().map((one) => ({ text: one, version: versionOf(one) }))
  const versions = new Set(texts.map(({ version }) => version))
  if (texts.length === 0 || versions.size < texts.length) {
    throw new OpenBadgesError('ERR_OB_INPUT', 'An image holds one badge of each version.')
  }
  // The newest last: an SVG has the latest one first.
  const sorted = texts.sort((a, b) => a.version.localeCompare(b.version))
  return sorted.reduce<Uint8Array>(
    (baked, { text, version }, i) =>
      kind === 'svg'
        ? bakeSvg(baked, text, { version, keepOther: keepOther || i > 0 })
        : bakePng(baked, text, { keyword: keywordOf(version), keepOther: keepOther || i > 0 }),
    image,
  )
}

/**
 * Takes the newest badge out of a PNG or SVG (Open Badges 3.0, 5.3).
 *
 * Throws `ERR_OB_NOT_BAKED` for an image without one.
 */
export function unbake(image: Uint8Array): Unbaked {
  const kind = imageKind(image)
  const found = kind === 'png' ? fromPng(image) : unbakeSvg(image)
  if (found !== undefined && found.text !== '') return { kind, ...found }
  throw new OpenBadgesError('ERR_OB_NOT_BAKED', 'There is no badge inside this image.')
}

/** Every badge in a PNG or SVG, the newest version first; none is an empty list. */
export function unbakeAll(image: Uint8Array): readonly Unbaked[] {
  const kind = imageKind(image)
  const found =
    kind === 'png'
      ? unbakeAllPng(image).map(({ keyword, text }) => ({ version: toVersion(keyword), text }))
      : unbakeAllSvg(image)
  return found
    .filter(({ text }) => text !== '')
    .map((badge) => ({ kind, ...badge }))
    .sort((a, b) => b.version.localeCompare(a.version))
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

function keywordOf(version: BadgeVersion): PngKeyword {
  return version === '2.0' ? 'openbadges' : 'openbadgecredential'
}

function imageKind(image: Uint8Array): ImageKind {
  const kind = detectImage(image)
  if (kind !== undefined) return kind
  throw new OpenBadgesError('ERR_OB_IMAGE', 'The image is neither a PNG nor an SVG.')
}
