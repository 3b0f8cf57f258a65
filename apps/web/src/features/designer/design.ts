import { type Glyph, glyphs } from './glyphs.js'
import { palettes } from './palettes.js'

export const shapes = ['rosette', 'circle', 'star', 'shield', 'hexagon', 'ribbon', 'pill'] as const
export const borders = ['none', 'thin', 'thick'] as const
export const finishes = ['plain', 'shine', 'rays', 'line', 'dots'] as const
export const forms = ['curved', 'straight', 'banner'] as const

export type Shape = (typeof shapes)[number]
export type Form = (typeof forms)[number]
export type Line = { readonly text: string; readonly form: Form }

/** All that a picture is drawn from; it is kept inside the picture, so that it can be changed again. */
export type Design = {
  readonly shape: Shape
  readonly border: (typeof borders)[number]
  readonly finish: (typeof finishes)[number]
  /** The face, and what letters and the icon are drawn on. */
  readonly fill: string
  /** The rim, ribbons and the banner. */
  readonly rim: string
  /** Letters and the icon. */
  readonly ink: string
  readonly glyph: Glyph | null
  readonly top: Line
  /** Large, in the middle: under the icon, or in its place. */
  readonly middle: string
  readonly bottom: Line
}

export const longestText = 40

/** A design to begin with: colours and shape follow from the name, always the same. */
export function designFor(name: string): Design {
  const seed = hashOf(name)
  const palette = palettes[seed % palettes.length] ?? palettes[0]
  const inviting = ['rosette', 'circle', 'star', 'shield', 'hexagon'] as const
  const marks = [
    'award',
    'graduationCap',
    'star',
    'trophy',
    'bookOpen',
    'rocket',
    'target',
  ] as const
  const text = name.trim()
  return {
    shape: inviting[(seed >> 5) % inviting.length] ?? 'rosette',
    border: 'thick',
    finish: 'shine',
    fill: palette.fill,
    rim: palette.rim,
    ink: palette.ink,
    glyph: marks[(seed >> 9) % marks.length] ?? 'award',
    top: { text: '', form: 'curved' },
    middle: '',
    bottom: {
      text: [...text].slice(0, longestText).join(''),
      form: text.length > 22 ? 'curved' : 'banner',
    },
  }
}

/** Reads a design that somebody else may have written; undefined when it is none. */
export function parseDesign(value: unknown): Design | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const given = new Map<string, unknown>(Object.entries(value))
  const shape = oneOf(shapes, given.get('shape'))
  const fill = colour(given.get('fill'))
  const rim = colour(given.get('rim'))
  const ink = colour(given.get('ink'))
  if (shape === undefined || fill === undefined || rim === undefined || ink === undefined) {
    return undefined
  }
  return {
    shape,
    fill,
    rim,
    ink,
    border: oneOf(borders, given.get('border')) ?? 'thin',
    finish: oneOf(finishes, given.get('finish')) ?? 'plain',
    glyph: glyphIn(given.get('glyph')),
    top: line(given.get('top')),
    middle: text(given.get('middle')),
    bottom: line(given.get('bottom')),
  }
}

function isColour(value: unknown): value is string {
  return typeof value === 'string' && /^#[0-9a-f]{6}$/i.test(value)
}

export function isGlyph(value: unknown): value is Glyph {
  return typeof value === 'string' && Object.hasOwn(glyphs, value)
}

function oneOf<Word extends string>(words: readonly Word[], value: unknown): Word | undefined {
  return words.find((word) => word === value)
}

function colour(value: unknown): string | undefined {
  return isColour(value) ? value.toLowerCase() : undefined
}

function glyphIn(value: unknown): Glyph | null {
  return isGlyph(value) ? value : null
}

function text(value: unknown): string {
  return typeof value === 'string' ? [...value].slice(0, longestText).join('') : ''
}

function line(value: unknown): Line {
  if (typeof value !== 'object' || value === null) return { text: '', form: 'straight' }
  const given = new Map<string, unknown>(Object.entries(value))
  return { text: text(given.get('text')), form: oneOf(forms, given.get('form')) ?? 'straight' }
}

function hashOf(name: string): number {
  let hash = 2166136261
  for (const letter of name) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 16777619)
  // Mixed once more: the lower digits of short names are much alike.
  hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 1
}
