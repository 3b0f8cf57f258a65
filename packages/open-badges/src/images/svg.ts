import { SaxesParser, type SaxesTagNS } from 'saxes'
import { OpenBadgesError } from '../errors.js'
import { present } from '../json/members.js'
import { type BadgeVersion, isCompactJws, tryParse } from '../reading/detect.js'
import { damagedSvg, decodeSvg, encodeSvg, type SvgEncoding } from './svg-text.js'

/** How each version marks its element (Open Badges 3.0, 5.3.2; OB 2.0 baking, SVG). */
const elements: Readonly<Record<BadgeVersion, { namespace: string; local: string }>> = {
  '3.0': { namespace: 'https://purl.imsglobal.org/ob/v3p0', local: 'credential' },
  '2.0': { namespace: 'http://openbadges.org', local: 'assertion' },
}

// A name is looked up in every element around it: 100,000 nested ones took minutes.
const MAX_DEPTH = 256

/** A stretch of the SVG's text. */
type Span = { readonly start: number; readonly end: number }

/** Where a badge is, and its start tag as far as the end of the name. */
type BakedSpan = Span & { readonly version: BadgeVersion; readonly name: string }

type Layout = {
  readonly root: Span & { readonly name: string; readonly selfClosing: boolean }
  /** Elements that carry a badge, whatever the version. */
  readonly baked: readonly BakedSpan[]
}

/**
 * Puts a badge into an SVG as the first child of its root (Open Badges 3.0, 5.3.2.1).
 *
 * A badge already there is replaced, or with `keepOther` only one of the same version; all other
 * text keeps its place and spelling. Line ends of the badge become LF, as XML reads any of them. Throws
 * `ERR_OB_SVG` for an image that is damaged or has a DOCTYPE.
 *
 * @param options - which version, and what becomes of a badge that is there already
 */
export function bakeSvg(
  svg: Uint8Array,
  text: string,
  { version = '3.0', keepOther = false }: SvgBaking = {},
): Uint8Array {
  const { text: source, encoding } = decodeSvg(svg)
  const { root, baked } = layoutOf(source, encoding)
  const kept = keepOther ? baked.filter((badge) => badge.version !== version) : []
  const { namespace } = elements[version]
  // One prefix means one thing at a time: beside a newer badge an older one declares its own.
  const isOnRoot = version === '3.0' || kept.length === 0
  const head = source.slice(root.start, root.end)
  const tag = withNamespace(head, root.selfClosing, isOnRoot ? namespace : undefined)
  const element = toElement(text, version, isOnRoot ? '' : ` ${declare(namespace)}`)
  const rest = withoutBadges(source, root.end, { baked, kept })
  const closing = root.selfClosing ? `</${root.name}>` : ''
  return encodeSvg({ text: source.slice(0, root.start) + tag + element + closing + rest, encoding })
}

/** Which version to bake, and whether a badge of the other may stay. */
export type SvgBaking = {
  /** By default 3.0. */
  readonly version?: BadgeVersion
  /** By default it goes. */
  readonly keepOther?: boolean
}

/**
 * The newest baked badge in an SVG, or undefined (Open Badges 3.0, 5.3.2.2).
 *
 * Of several of one version the first counts; `others` are the versions of those not read.
 */
export function unbakeSvg(
  svg: Uint8Array,
): { version: BadgeVersion; text: string; others?: readonly BadgeVersion[] } | undefined {
  const badges = badgesIn(svg)
  const found = badges.find(({ version }) => version === '3.0') ?? badges[0]
  if (found === undefined) return undefined
  const others = badges.filter((badge) => badge !== found).map(({ version }) => version)
  return present({ ...toBadge(found), others })
}

/** Every badge in an SVG, in the order of its text. */
export function unbakeAllSvg(svg: Uint8Array): readonly { version: BadgeVersion; text: string }[] {
  return badgesIn(svg).map(toBadge)
}

function toBadge({ version, verify = '', body }: BadgeElement) {
  const text = body.join('').trim()
  return { version, text: text === '' ? verify : text }
}

type BadgeElement = {
  readonly version: BadgeVersion
  readonly verify: string | undefined
  readonly body: string[]
}

function badgesIn(svg: Uint8Array): readonly BadgeElement[] {
  const { text: source, encoding } = decodeSvg(svg)
  const badges: BadgeElement[] = []
  let open: BadgeElement | undefined
  const { parser, onClose } = createParser(encoding)
  parser.on('opentag', (tag) => {
    const version = versionOfTag(tag)
    if (version === undefined || open !== undefined) return
    open = { version, verify: tag.attributes['verify']?.value, body: [] }
    badges.push(open)
  })
  const collect = (text: string) => {
    open?.body.push(text)
  }
  parser.on('cdata', collect)
  parser.on('text', collect)
  onClose((tag) => {
    if (versionOfTag(tag) === undefined) return
    open = undefined
    // Names are never spelled in another way, so nothing behind can be a badge.
    if (!LOCAL_NAMES.some((name) => source.includes(name, parser.position))) throw finished
  })
  try {
    parser.write(source).close()
  } catch (error) {
    // Damage behind a whole badge takes nothing from it.
    if (error !== finished && (badges.length === 0 || open !== undefined)) throw error
  }
  return badges
}

// Ends the reading of a picture, most of which comes behind its badge: a hundred times faster.
const finished = new Error('Nothing more to read.')
const LOCAL_NAMES = Object.values(elements).map(({ local }) => local)

// No DTD, so no entities but the five of XML itself: nothing expands, nothing is fetched.
function createParser(encoded: SvgEncoding) {
  const parser = new SaxesParser({ xmlns: true })
  let isBegun = false
  let depth = 0
  parser.on('doctype', () => {
    throw damagedSvg('it has a DOCTYPE, which is not read; remove it')
  })
  parser.on('xmldecl', ({ encoding }) => {
    const allowed = encoded === 'utf-8' ? /^(utf-?8|us-ascii)$/i : /^utf-?16(le|be)?$/i
    if (encoding !== undefined && !allowed.test(encoding)) {
      throw damagedSvg(`it is written in ${encoding}, not UTF-8`)
    }
  })
  parser.on('opentagstart', ({ name }) => {
    if (!isBegun && name.split(':').at(-1) !== 'svg') throw damagedSvg('its root is not <svg>')
    isBegun = true
    depth += 1
    if (depth > MAX_DEPTH) throw damagedSvg(`its elements are nested deeper than ${MAX_DEPTH}`)
  })
  parser.on('error', (cause) => {
    throw cause instanceof OpenBadgesError ? cause : damagedSvg('it is not well-formed XML', cause)
  })
  const onClose = (act: (tag: SaxesTagNS) => void) => {
    parser.on('closetag', (tag) => {
      depth -= 1
      act(tag)
    })
  }
  return { parser, onClose }
}

function layoutOf(source: string, encoding: SvgEncoding): Layout {
  const { parser, onClose } = createParser(encoding)
  let root: Layout['root'] | undefined
  const baked: BakedSpan[] = []
  const open: number[] = []
  parser.on('opentag', (tag) => {
    const end = parser.position
    // "<" cannot occur inside a tag, so the nearest one before is where the tag begins.
    const start = source.lastIndexOf('<', end - 1)
    root ??= { start, end, name: tag.name, selfClosing: tag.isSelfClosing }
    if (versionOfTag(tag) !== undefined) open.push(start)
  })
  onClose((tag) => {
    const version = versionOfTag(tag)
    const start = version === undefined ? undefined : open.pop()
    if (version === undefined || start === undefined || open.length > 0) return
    baked.push({ start, end: parser.position, version, name: tag.name })
  })
  parser.write(source).close()
  if (root === undefined) throw damagedSvg('it is empty')
  return { root, baked }
}

function versionOfTag({ uri, local }: SaxesTagNS): BadgeVersion | undefined {
  if (uri === elements['3.0'].namespace && local === 'credential') return '3.0'
  // Written with https and with a slash as well, though never so specified.
  return /^https?:\/\/openbadges\.org\/?$/.test(uri) && local === 'assertion' ? '2.0' : undefined
}

// Whole attributes are matched one after the other, so a value that looks like one is not touched.
function withNamespace(tag: string, selfClosing: boolean, namespace: string | undefined): string {
  const opening = tag.slice(0, selfClosing ? tag.lastIndexOf('/') : -1).trimEnd()
  if (namespace === undefined) return `${opening}>`
  const kept = opening.replace(/\s+([^\s=]+)\s*=\s*("[^"]*"|'[^']*')/g, (attribute, name) =>
    name === 'xmlns:openbadges' ? '' : attribute,
  )
  return `${kept} ${declare(namespace)}>`
}

function declare(namespace: string): string {
  return `xmlns:openbadges="${namespace}"`
}

function toElement(text: string, version: BadgeVersion, declaration: string): string {
  const name = `openbadges:${elements[version].local}`
  if (isCompactJws(text)) return `<${name}${declaration} verify="${text}"/>`
  const body = `<![CDATA[${toXmlText(text).replaceAll(']]>', ']]]]><![CDATA[>')}]]>`
  const verify = version === '2.0' ? ` verify="${toAttribute(idOf(text))}"` : ''
  return `<${name}${declaration}${verify}>${body}</${name}>`
}

// Two characters are allowed in JSON and not in XML; JSON has another way to write them.
function toXmlText(json: string): string {
  return json
    .replace(/\r\n?/g, '\n')
    .replace(/[\uFFFE\uFFFF]/g, (character) => `\\u${character.charCodeAt(0).toString(16)}`)
}

function toAttribute(value: string): string {
  return value
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('"', '&quot;')
    .replace(/[\t\n\r]/g, (space) => `&#${space.charCodeAt(0)};`)
}

function idOf(json: string): string {
  const { id } = Object(tryParse(json))
  return typeof id === 'string' ? id : ''
}

type Badges = { readonly baked: readonly BakedSpan[]; readonly kept: readonly BakedSpan[] }

function withoutBadges(source: string, from: number, { baked, kept }: Badges): string {
  let position = from
  let rest = ''
  for (const badge of baked) {
    rest += source.slice(position, badge.start)
    if (kept.includes(badge)) rest += withOwnNamespace(source.slice(badge.start, badge.end), badge)
    position = badge.end
  }
  return rest + source.slice(position)
}

// The root may now mean another version by the prefix.
function withOwnNamespace(element: string, { name, version }: BakedSpan): string {
  const [tag = ''] = /^[^>]*/.exec(element) ?? []
  if (!name.startsWith('openbadges:') || tag.includes('xmlns:openbadges')) return element
  const start = `<${name}`
  return `${start} ${declare(elements[version].namespace)}${element.slice(start.length)}`
}
