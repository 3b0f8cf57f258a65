import sanitizeHtml from 'sanitize-html'
import { refuseImage } from './refuse-image.js'
import { countDrawn, type Reference } from './svg-references.js'

const elements =
  'svg g defs symbol use switch title desc path rect circle ellipse line polyline polygon text tspan linearGradient radialGradient stop clipPath mask pattern marker'.split(
    ' ',
  )
const attributes = new Set(
  (
    'id class style transform viewBox preserveAspectRatio version width height x y x1 y1 x2 y2 cx cy r rx ry fx fy d points dx dy rotate ' +
    'fill fill-opacity fill-rule stroke stroke-width stroke-linecap stroke-linejoin stroke-miterlimit stroke-dasharray stroke-dashoffset ' +
    'stroke-opacity opacity color display visibility clip-path clip-rule clipPathUnits mask maskUnits maskContentUnits ' +
    'gradientUnits gradientTransform spreadMethod offset stop-color stop-opacity patternUnits patternContentUnits patternTransform ' +
    'marker-start marker-mid marker-end markerWidth markerHeight markerUnits refX refY orient ' +
    'font-family font-size font-weight font-style font-variant text-anchor text-decoration dominant-baseline letter-spacing word-spacing ' +
    'textLength lengthAdjust paint-order vector-effect shape-rendering xml:space'
  ).split(' '),
)
const maxElements = 20_000

/** Whether the first thing in the text, after what may come before it, is the root of an SVG. */
export function looksLikeSvg(text: string): boolean {
  const begin = text.slice(0, 4096).replace(/^\uFEFF|<\?xml[^>]*\?>|<!--[\s\S]*?-->/g, '')
  return /^\s*<(svg[\s>]|!DOCTYPE\s+svg[\s>[])/i.test(begin)
}

/** An SVG with nothing in it but shapes, colours and text: no code, and nothing fetched from anywhere. */
export function cleanSvg(text: string): string {
  if (/<!(DOCTYPE|ENTITY)/i.test(text)) {
    throw refuseImage(
      'The SVG has a DOCTYPE, in which entities can hide.',
      'Remove that line, or export as "plain" or "optimised" SVG.',
    )
  }
  if (/<style[\s>]/i.test(text)) {
    throw refuseImage(
      'The SVG has a style sheet in it.',
      'Export with the styles as "presentation attributes" (or "inline").',
    )
  }
  if (!/<\/svg>\s*(<!--[\s\S]*?-->\s*)*$/.test(text)) {
    throw refuseImage('The SVG is damaged: it ends too early.', 'Export or upload it again.')
  }
  const references: Reference[] = []
  const clean = sanitizeHtml(text, sanitizing(references))
  if (countDrawn(references) > maxElements) {
    throw refuseImage('The SVG repeats its parts too often.', 'Simplify the drawing.')
  }
  return clean
}

function sanitizing(references: Reference[]): sanitizeHtml.IOptions {
  const open: { tag: string; id: string | undefined }[] = []
  let count = 0
  return {
    allowedTags: elements,
    allowedAttributes: false,
    // What is not allowed goes with all that is in it; text of a script must not become text of the image.
    disallowedTagsMode: 'completelyDiscard',
    parseStyleAttributes: false,
    parser: { xmlMode: true, lowerCaseTags: false, lowerCaseAttributeNames: false },
    onOpenTag(tag, attribs) {
      count += 1
      if (count > maxElements) throw refuseImage('The SVG has too many parts.', 'Simplify it.')
      open.push({ tag, id: attribs['id'] })
      const owners = open.flatMap(({ id }) => (id === undefined ? [] : [id]))
      for (const target of referencesIn(attribs)) references.push({ owners, target })
    },
    onCloseTag() {
      open.pop()
    },
    transformTags: {
      '*': (tagName, attribs) => ({ tagName, attribs: cleanAttributes(tagName, attribs) }),
    },
  }
}

function cleanAttributes(tag: string, attribs: sanitizeHtml.Attributes): sanitizeHtml.Attributes {
  const safe = Object.entries(attribs).flatMap(([name, value]): [string, string][] => {
    if (name === 'href' || name === 'xlink:href') return isFragment(value) ? [['href', value]] : []
    return attributes.has(name) && isHarmless(value) ? [[name, value]] : []
  })
  const namespace = tag === 'svg' ? [['xmlns', 'http://www.w3.org/2000/svg']] : []
  return Object.fromEntries([...namespace, ...safe])
}

function isFragment(value: string): boolean {
  return /^#[\w.:-]+$/.test(value.trim())
}

// A backslash or a comment could spell "url" in a way that is not seen here.
function isHarmless(value: string): boolean {
  if (/[\\@]|\/\*|expression\s*\(|script:|image-set|src\s*\(/i.test(value)) return false
  return (value.match(/url\s*\(/gi) ?? []).length === fragmentUrls(value).length
}

function fragmentUrls(value: string): string[] {
  return [...value.matchAll(/url\s*\(\s*["']?#([\w.:-]+)["']?\s*\)/gi)].map(([, id = '']) => id)
}

function referencesIn(attribs: sanitizeHtml.Attributes): string[] {
  const { href, ...others } = attribs
  const linked = href === undefined ? [] : [href.trim().slice(1)]
  return [...linked, ...Object.values(others).flatMap(fragmentUrls)]
}
