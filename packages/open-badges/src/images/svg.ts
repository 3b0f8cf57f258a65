import { SaxesParser, type SaxesTagNS } from 'saxes'
import { OpenBadgesError } from '../errors.js'
import { present } from '../json/members.js'
import { type BadgeVersion, isCompactJws, tryParse } from '../reading/detect.js'

const MAX_SVG_BYTES = 16 * 1024 * 1024

/** How each version marks its element (Open Badges 3.0, 5.3.2; OB 2.0 baking, SVG). */
const elements: Readonly<Record<BadgeVersion, { namespace: string; local: string }>> = {
  '3.0': { namespace: 'https://purl.imsglobal.org/ob/v3p0', local: 'credential' },
  '2.0': { namespace: 'http://openbadges.org', local: 'assertion' },
}

/** A stretch of the SVG's text. */
type Span = { readonly start: number; readonly end: number }

type Layout = {
  readonly root: Span & { readonly name: string; readonly selfClosing: boolean }
  /** Elements that carry a badge, whatever the version. */
  readonly baked: readonly Span[]
}

/**
 * Puts a badge into an SVG as the first child of its root (Open Badges 3.0, 5.3.2.1).
 *
 * A badge already there is replaced; all other text keeps its place and spelling. Line ends of the
 * badge become LF, as XML reads any of them.
 */
export function bakeSvg(
  svg: Uint8Array,
  text: string,
  { version = '3.0' }: { version?: BadgeVersion } = {},
): Uint8Array {
  const source = decode(svg)
  const { root, baked } = layoutOf(source)
  const { namespace, local } = elements[version]
  const tag = withNamespace(source.slice(root.start, root.end), root.selfClosing, namespace)
  const element = toElement(`openbadges:${local}`, text, version)
  const rest = without(source, root.end, baked)
  const closing = root.selfClosing ? `</${root.name}>` : ''
  return Buffer.from(source.slice(0, root.start) + tag + element + closing + rest, 'utf8')
}

/**
 * The newest baked badge in an SVG, or undefined (Open Badges 3.0, 5.3.2.2).
 *
 * Of several of one version the first counts; `others` are the versions of those not read.
 */
export function unbakeSvg(
  svg: Uint8Array,
): { version: BadgeVersion; text: string; others?: readonly BadgeVersion[] } | undefined {
  const badges = badgesIn(decode(svg))
  const found = badges.find(({ version }) => version === '3.0') ?? badges[0]
  if (found === undefined) return undefined
  const others = badges.filter((badge) => badge !== found).map(({ version }) => version)
  const text = found.body.join('').trim()
  return present({
    version: found.version,
    text: text === '' ? (found.verify ?? '') : text,
    others,
  })
}

type BadgeElement = {
  readonly version: BadgeVersion
  readonly verify: string | undefined
  readonly body: string[]
}

function badgesIn(source: string): readonly BadgeElement[] {
  const badges: BadgeElement[] = []
  let open: BadgeElement | undefined
  const parser = createParser()
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
  parser.on('closetag', (tag) => {
    if (versionOfTag(tag) !== undefined) open = undefined
  })
  try {
    parser.write(source).close()
  } catch (error) {
    // Damage behind a whole badge takes nothing from it.
    if (badges.length === 0 || open !== undefined) throw error
  }
  return badges
}

type Parser = SaxesParser<{ xmlns: true }>

// No DTD, so no entities but the five of XML itself: nothing expands, nothing is fetched.
function createParser(): Parser {
  const parser = new SaxesParser({ xmlns: true })
  let depth = 0
  parser.on('doctype', () => {
    throw damaged('it has a DOCTYPE, which is not read; remove it')
  })
  parser.on('xmldecl', ({ encoding }) => {
    if (encoding !== undefined && !/^(utf-?8|us-ascii)$/i.test(encoding)) {
      throw damaged(`it is written in ${encoding}, not UTF-8`)
    }
  })
  parser.on('opentagstart', ({ name }) => {
    if (depth === 0 && name.split(':').at(-1) !== 'svg') throw damaged('its root is not <svg>')
    depth += 1
  })
  parser.on('error', (cause) => {
    throw cause instanceof OpenBadgesError ? cause : damaged('it is not well-formed XML', cause)
  })
  return parser
}

function layoutOf(source: string): Layout {
  const parser = createParser()
  let root: Layout['root'] | undefined
  const baked: Span[] = []
  const open: number[] = []
  parser.on('opentag', (tag) => {
    const end = parser.position
    // "<" cannot occur inside a tag, so the nearest one before is where the tag begins.
    const start = source.lastIndexOf('<', end - 1)
    root ??= { start, end, name: tag.name, selfClosing: tag.isSelfClosing }
    if (versionOfTag(tag) !== undefined) open.push(start)
  })
  parser.on('closetag', (tag) => {
    const start = versionOfTag(tag) === undefined ? undefined : open.pop()
    if (start !== undefined && open.length === 0) baked.push({ start, end: parser.position })
  })
  parser.write(source).close()
  if (root === undefined) throw damaged('it is empty')
  return { root, baked }
}

function versionOfTag({ uri, local }: SaxesTagNS): BadgeVersion | undefined {
  if (uri === elements['3.0'].namespace && local === 'credential') return '3.0'
  // Written with https and with a slash as well, though never so specified.
  return /^https?:\/\/openbadges\.org\/?$/.test(uri) && local === 'assertion' ? '2.0' : undefined
}

// Whole attributes are matched one after the other, so a value that looks like one is not touched.
function withNamespace(tag: string, selfClosing: boolean, namespace: string): string {
  const opening = tag.slice(0, selfClosing ? tag.lastIndexOf('/') : -1).trimEnd()
  const kept = opening.replace(/\s+([^\s=]+)\s*=\s*("[^"]*"|'[^']*')/g, (attribute, name) =>
    name === 'xmlns:openbadges' ? '' : attribute,
  )
  return `${kept} xmlns:openbadges="${namespace}">`
}

function toElement(name: string, text: string, version: BadgeVersion): string {
  if (isCompactJws(text)) return `<${name} verify="${text}"/>`
  const body = `<![CDATA[${toXmlText(text).replaceAll(']]>', ']]]]><![CDATA[>')}]]>`
  const verify = version === '2.0' ? ` verify="${toAttribute(idOf(text))}"` : ''
  return `<${name}${verify}>${body}</${name}>`
}

// Two characters are allowed in JSON and not in XML; JSON has another way to write them.
function toXmlText(json: string): string {
  return json
    .replace(/\r\n?/g, '\n')
    .replace(/[\uFFFE\uFFFF]/g, (character) => `\\u${character.charCodeAt(0).toString(16)}`)
}

function toAttribute(value: string): string {
  return value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
}

function idOf(json: string): string {
  const { id } = Object(tryParse(json))
  return typeof id === 'string' ? id : ''
}

function without(source: string, from: number, spans: readonly Span[]): string {
  let position = from
  let kept = ''
  for (const { start, end } of spans) {
    kept += source.slice(position, start)
    position = end
  }
  return kept + source.slice(position)
}

function decode(svg: Uint8Array): string {
  if (svg.length > MAX_SVG_BYTES) {
    throw new OpenBadgesError('ERR_OB_TOO_LARGE', 'The SVG is larger than 16 MB.')
  }
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(svg)
  } catch (cause) {
    throw damaged('it is not UTF-8 text', cause)
  }
}

function damaged(reason: string, cause?: unknown): OpenBadgesError {
  return new OpenBadgesError('ERR_OB_SVG', `The SVG cannot be read: ${reason}.`, { cause })
}
