import { canCurve, letterFont, lettersOf, letterWidth, widthOf } from './letters.js'

const round = (value: number) => Math.round(value * 10) / 10

type Straight = {
  readonly text: string
  readonly x: number
  /** Where the middle of the capital letters is. */
  readonly y: number
  readonly room: number
  readonly largest: number
  readonly colour: string
}

/** One line, as large as fits. */
export function straightText({ text, x, y, room, largest, colour }: Straight): string {
  const written = text.trim()
  if (written === '') return ''
  const size = sizeOf(written, room, largest)
  // Centred by the height of capital letters, which every renderer places alike.
  const attributes = `x="${round(x)}" y="${round(y + size * 0.365)}" text-anchor="middle" ${face(size, colour)}`
  return `<text ${attributes}>${escapeText(written)}</text>`
}

export function sizeOf(text: string, room: number, largest: number): number {
  return round(Math.min(largest, room / Math.max(widthOf(text.trim()), 0.1)))
}

type Curved = {
  readonly text: string
  readonly x: number
  readonly y: number
  readonly radius: number
  readonly place: 'top' | 'bottom'
  readonly largest: number
  readonly colour: string
}

/**
 * Letters along a circle, each turned by itself: the server draws no text along a path. Undefined for
 * scripts whose letters hang together.
 */
export function curvedText(given: Curved): string | undefined {
  const { x, y, radius, place, largest, colour } = given
  const text = given.text.trim()
  if (text === '') return ''
  if (!canCurve(text)) return undefined
  // A little more than a third of the circle; beyond that top and bottom would meet.
  const size = sizeOf(text, radius * 2.5, largest)
  const spacing = 1.06
  const total = (widthOf(text) * size * spacing) / radius
  const sign = place === 'top' ? 1 : -1
  // At the bottom the letters hang inside of the circle, so they stand on a larger one.
  const stand = place === 'top' ? radius : radius + size * 0.73
  let angle = -total / 2
  const letters = lettersOf(text).map((letter) => {
    const width = (letterWidth(letter) * size * spacing) / radius
    const degrees = round(((angle + width / 2) * sign * 180) / Math.PI)
    angle += width
    if (letter.trim() === '') return ''
    const at = `x="${x}" y="${round(y - sign * stand)}" transform="rotate(${degrees} ${x} ${y})"`
    return `<text ${at}>${escapeText(letter)}</text>`
  })
  return `<g text-anchor="middle" ${face(size, colour)}>${letters.join('')}</g>`
}

export function escapeText(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cs}\uFFFE\uFFFF]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}

function face(size: number, colour: string): string {
  return `font-family="${letterFont}" font-weight="700" font-size="${size}" fill="${colour}"`
}
