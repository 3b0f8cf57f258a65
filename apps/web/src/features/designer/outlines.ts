import type { Shape } from './design.js'

/** Where things go in a shape; the drawing is `width` by `height`. */
export type Outline = {
  readonly width: number
  readonly height: number
  /** The middle of the face. */
  readonly x: number
  readonly y: number
  /** The path around it; the rim is what lies between it and the face. */
  readonly path: string
  /** The path of the face when it is not the outer one made smaller. */
  readonly face?: string
  /** What lies behind: the tails of a ribbon. */
  readonly tails?: string
  /** Radius of the circle on which curved letters stand. */
  readonly ring: number
  /** Widths that are free at the top, in the middle, at the bottom; and where the lines stand. */
  readonly room: { readonly top: number; readonly middle: number; readonly bottom: number }
  readonly lines: { readonly top: number; readonly bottom: number }
  /** The icon's size when there is nothing else. */
  readonly glyph: number
}

const round = (value: number) => Math.round(value * 10) / 10

export function outlineOf(shape: Shape): Outline {
  return outlines[shape]
}

const square = { width: 512, height: 512, x: 256, y: 256 }
const inCircle = {
  ring: 172,
  room: { top: 250, middle: 330, bottom: 250 },
  lines: { top: 132, bottom: 400 },
  glyph: 232,
}

const outlines: Readonly<Record<Shape, Outline>> = {
  circle: { ...square, ...inCircle, path: circle(256, 256, 244) },
  rosette: {
    ...square,
    ...inCircle,
    ring: 158,
    room: { top: 220, middle: 300, bottom: 220 },
    lines: { top: 142, bottom: 390 },
    glyph: 214,
    path: scallops({ x: 256, y: 256, radius: 216, petals: 18 }),
    face: circle(256, 256, 200),
  },
  star: {
    ...square,
    ...inCircle,
    ring: 152,
    room: { top: 210, middle: 290, bottom: 210 },
    lines: { top: 146, bottom: 388 },
    glyph: 206,
    path: burst({ x: 256, y: 256, radius: 250, inner: 212, points: 20 }),
    face: circle(256, 256, 198),
  },
  shield: {
    ...square,
    y: 244,
    ring: 132,
    room: { top: 290, middle: 300, bottom: 190 },
    lines: { top: 126, bottom: 372 },
    glyph: 216,
    path: 'M256 10C310 52 384 74 452 76Q466 77 466 92V236C466 372 372 462 256 502C140 462 46 372 46 236V92Q46 77 60 76C128 74 202 52 256 10Z',
  },
  hexagon: {
    ...square,
    ring: 150,
    room: { top: 240, middle: 340, bottom: 240 },
    lines: { top: 140, bottom: 394 },
    glyph: 224,
    path: 'M238 12Q256 2 274 12L452 114Q470 125 470 146V366Q470 387 452 398L274 500Q256 510 238 500L60 398Q42 387 42 366V146Q42 125 60 114Z',
  },
  ribbon: {
    ...square,
    y: 206,
    ring: 136,
    room: { top: 190, middle: 250, bottom: 190 },
    lines: { top: 112, bottom: 318 },
    glyph: 180,
    path: circle(256, 206, 196),
    tails: 'M150 330L92 502L158 482L196 508L252 372ZM362 330L420 502L354 482L316 508L260 372Z',
  },
  pill: {
    width: 512,
    height: 224,
    x: 256,
    y: 112,
    ring: 0,
    room: { top: 280, middle: 280, bottom: 280 },
    lines: { top: 70, bottom: 172 },
    glyph: 104,
    path: pill(6),
    face: pill(24),
  },
}

function circle(x: number, y: number, radius: number): string {
  return `M${x - radius} ${y}a${radius} ${radius} 0 1 1 ${2 * radius} 0a${radius} ${radius} 0 1 1 ${-2 * radius} 0Z`
}

function pill(inset: number): string {
  const radius = 112 - inset
  const arc = `A${radius} ${radius} 0 0 1`
  return `M112 ${inset}H400${arc} 400 ${224 - inset}H112${arc} 112 ${inset}Z`
}

type Ring = { readonly x: number; readonly y: number; readonly radius: number }

/** A ring of half circles, each from one point of the circle to the next. */
function scallops({ x, y, radius, petals }: Ring & { readonly petals: number }): string {
  const step = (2 * Math.PI) / petals
  const at = (n: number) =>
    `${round(x + radius * Math.sin(n * step))} ${round(y - radius * Math.cos(n * step))}`
  const bulge = round(radius * Math.sin(step / 2) * 0.9)
  const arcs = Array.from({ length: petals }, (_, n) => `A${bulge} ${bulge} 0 0 1 ${at(n + 1)}`)
  return `M${at(0)}${arcs.join('')}Z`
}

/** A star with many short points. */
function burst(given: Ring & { readonly inner: number; readonly points: number }): string {
  const { x, y, radius, inner, points } = given
  const corners = Array.from({ length: points * 2 }, (_, n) => {
    const length = n % 2 === 0 ? radius : inner
    const angle = (n * Math.PI) / points
    return `${round(x + length * Math.sin(angle))} ${round(y - length * Math.cos(angle))}`
  })
  return `M${corners.join('L')}Z`
}
