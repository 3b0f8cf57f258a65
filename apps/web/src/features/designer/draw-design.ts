import type { Design } from './design.js'
import { curvedText, escapeText, sizeOf, straightText } from './draw-text.js'
import { glyphs } from './glyphs.js'
import { keptIn } from './kept-design.js'
import { type Outline, outlineOf } from './outlines.js'
import { contrastOf } from './palettes.js'

const round = (value: number) => Math.round(value * 10) / 10
/** How much smaller the face is than the whole, and where the shape has a rim of its own already. */
const insets = { none: 0, thin: 16, thick: 30 } as const
const thinner = { none: 0, thin: 0, thick: 10 } as const

/** The picture of a design: shapes and letters only, which is all that the server lets through. */
export function drawDesign(design: Design, title: string): string {
  const outline = outlineOf(design.shape)
  const { width, height } = outline
  const parts = [tails(design, outline), body(design, outline), ...content(design, outline)]
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" class="${keptIn(design)}"><title>${escapeText(title)}</title>${parts.join('')}</svg>`
}

function tails({ rim, fill }: Design, { tails: path }: Outline): string {
  if (path === undefined) return ''
  return `<path d="${path}" fill="${rim}"/><path d="${path}" fill="${fill}" opacity=".28"/>`
}

function body(design: Design, outline: Outline): string {
  const { fill, rim, border } = design
  const face = faceOf(outline, border)
  const outer = `<path d="${outline.path}" fill="${border === 'none' ? fill : rim}"/>`
  return `${outer}<g${face.move}><path d="${face.path}" fill="${fill}"/>${finish(design, outline, face.path)}</g>`
}

type Face = { readonly path: string; readonly move: string }

/** The outer path made smaller around the middle, or the face that the shape has of its own. */
function faceOf(outline: Outline, border: Design['border']): Face {
  const { x, y, width, height, face, path } = outline
  const half = Math.min(width, height) / 2
  const inset = face === undefined ? insets[border] : thinner[border]
  const factor = Math.round((1 - inset / half) * 1000) / 1000
  const move =
    factor === 1 ? '' : ` transform="translate(${x} ${y}) scale(${factor}) translate(${-x} ${-y})"`
  return { path: face ?? path, move }
}

function finish({ finish: kind, ink }: Design, outline: Outline, path: string): string {
  const { x, y, width, height } = outline
  if (kind === 'shine') {
    const stops =
      '<stop offset="0" stop-color="#fff" stop-opacity=".3"/><stop offset=".55" stop-color="#fff" stop-opacity="0"/><stop offset="1" stop-color="#000" stop-opacity=".18"/>'
    return `<defs><linearGradient id="shine" x1="0" y1="0" x2=".5" y2="1">${stops}</linearGradient></defs><path d="${path}" fill="url(#shine)"/>`
  }
  if (kind === 'rays') {
    return `<defs><clipPath id="face"><path d="${path}"/></clipPath></defs><g clip-path="url(#face)" fill="#fff" opacity=".12">${rays(x, y)}</g>`
  }
  if (kind === 'plain') return ''
  const factor = 1 - 18 / (Math.min(width, height) / 2)
  const move = `translate(${x} ${y}) scale(${round(factor * 10) / 10}) translate(${-x} ${-y})`
  const dashes = kind === 'dots' ? ' stroke-dasharray="1 13" stroke-linecap="round"' : ''
  const strength = kind === 'dots' ? 6 : 3
  return `<path d="${path}" transform="${move}" fill="none" stroke="${ink}" stroke-width="${strength}" opacity=".55"${dashes}/>`
}

function rays(x: number, y: number): string {
  return Array.from({ length: 12 }, (_, n) => {
    const at = (angle: number) =>
      `${round(x + 400 * Math.sin(angle))} ${round(y - 400 * Math.cos(angle))}`
    const angle = (n * Math.PI) / 6
    return `<path d="M${x} ${y}L${at(angle)}L${at(angle + Math.PI / 12)}Z"/>`
  }).join('')
}

function content(design: Design, outline: Outline): string[] {
  return design.shape === 'pill' ? pillContent(design, outline) : roundContent(design, outline)
}

/** Icon on the left, up to three lines beside it. */
function pillContent(design: Design, outline: Outline): string[] {
  const { glyph, top, middle, bottom, ink } = design
  const lines = [top.text, middle, bottom.text].filter((text) => text.trim() !== '')
  const isAlone = lines.length === 0
  const x = glyph === null ? outline.x : 300
  const room = glyph === null ? 380 : outline.room.middle
  const step = lines.length === 3 ? 47 : 68
  const first = outline.y - ((lines.length - 1) * step) / 2
  const largest = lines.length === 1 ? 76 : lines.length === 2 ? 52 : 34
  return [
    drawGlyph(design, { x: isAlone ? outline.x : 102, y: outline.y, size: outline.glyph }),
    ...lines.map((text, i) =>
      straightText({ text, x, y: first + i * step, room, largest, colour: ink }),
    ),
  ]
}

function roundContent(design: Design, outline: Outline): string[] {
  const { top, middle, bottom, ink } = design
  const { x } = outline
  const has = (text: string) => text.trim() !== ''
  const isTopStraight = has(top.text) && top.form !== 'curved'
  const isBottomStraight = has(bottom.text) && bottom.form !== 'curved'
  const shift = (isTopStraight ? 12 : 0) - (isBottomStraight ? 22 : 0)
  const lines = [has(top.text), has(bottom.text)].filter(Boolean).length
  const size = outline.glyph * (1 - lines * 0.09)
  const centre = outline.y + shift
  const hasBoth = design.glyph !== null && has(middle)
  const isTight = hasBoth && lines === 2
  const glyphAt = hasBoth ? centre - size * (isTight ? 0.2 : 0.28) : centre
  return [
    drawGlyph(design, { x, y: glyphAt, size: size * (isTight ? 0.5 : hasBoth ? 0.72 : 1) }),
    straightText({
      text: middle,
      x,
      y: hasBoth ? centre + size * 0.42 : centre,
      room: outline.room.middle * (hasBoth ? 0.85 : 0.95),
      largest: hasBoth ? 62 : 150,
      colour: ink,
    }),
    edgeText(design, outline, 'top'),
    edgeText(design, outline, 'bottom'),
  ]
}

function edgeText(design: Design, outline: Outline, place: 'top' | 'bottom'): string {
  const { text, form } = design[place]
  const { x, y, ring, room, lines } = outline
  const colour = design.ink
  if (form === 'banner') return banner(design, outline, place)
  const curved =
    form === 'curved'
      ? curvedText({ text, x, y, radius: ring, place, largest: 40, colour })
      : undefined
  const straight = { text, x, y: lines[place], room: room[place], largest: 44, colour }
  return curved ?? straightText(straight)
}

/** A strip across the badge, with ends that are folded back. */
function banner(design: Design, outline: Outline, place: 'top' | 'bottom'): string {
  const text = design[place].text.trim()
  if (text === '') return ''
  const { x, width } = outline
  const y = place === 'top' ? outline.lines.top - 6 : outline.lines.bottom + 4
  const size = sizeOf(text, 400, 46)
  const high = 76
  const half = Math.min(width / 2 - 36, Math.max(150, (400 + 40) / 2))
  const [left, right, above] = [x - half, x + half, y - high / 2]
  const end = (side: number, outward: number) =>
    `M${side} ${above + 14}h${outward * 34}l${outward * -16} ${high / 2}l${outward * 16} ${high / 2}h${outward * -68}v${-high}Z`
  // Whichever of the design's colours is read best on the strip.
  const colours = [design.fill, design.ink, '#1f1f2e', '#ffffff']
  const [colour = design.ink] = colours
    .filter((one) => contrastOf(one, design.rim) >= 4.5)
    .concat(colours.toSorted((a, b) => contrastOf(b, design.rim) - contrastOf(a, design.rim)))
  return [
    `<path d="${end(left, -1)}${end(right, 1)}" fill="${design.rim}"/><path d="${end(left, -1)}${end(right, 1)}" fill="#000" opacity=".3"/>`,
    `<rect x="${left}" y="${above}" width="${right - left}" height="${high}" rx="8" fill="${design.rim}" stroke="${design.fill}" stroke-width="4"/>`,
    straightText({ text, x, y, room: right - left - 36, largest: size, colour }),
  ].join('')
}

type Spot = { readonly x: number; readonly y: number; readonly size: number }

function drawGlyph({ glyph, ink }: Design, { x, y, size }: Spot): string {
  if (glyph === null) return ''
  const scale = Math.round((size / 24) * 100) / 100
  const move = `translate(${round(x - size / 2)} ${round(y - size / 2)}) scale(${scale})`
  return `<g transform="${move}" fill="none" stroke="${ink}" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round">${glyphs[glyph]}</g>`
}
