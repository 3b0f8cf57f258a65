import { createHash } from 'node:crypto'
import { escapeText } from '../../http/html.js'

/** Dark enough for white letters (contrast above 6), lively in the middle, light at the rim. */
const palettes = [
  ['#3730a3', '#6366f1', '#c7d2fe'],
  ['#1e3a8a', '#3b82f6', '#bfdbfe'],
  ['#155e75', '#0891b2', '#a5f3fc'],
  ['#115e59', '#0d9488', '#99f6e4'],
  ['#14532d', '#16a34a', '#bbf7d0'],
  ['#713f12', '#d97706', '#fde68a'],
  ['#7c2d12', '#ea580c', '#fed7aa'],
  ['#7f1d1d', '#dc2626', '#fecaca'],
  ['#831843', '#db2777', '#fbcfe8'],
  ['#581c87', '#9333ea', '#e9d5ff'],
] as const
const petalCounts = [12, 14, 16, 18] as const
/** What the letters of the fonts cover; other scripts get a star. */
const drawable = /^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Armenian}0-9]+$/u

export type Subject = {
  readonly kind: 'badge' | 'issuer'
  /** The same seed gives the same colours and shape. */
  readonly seed: string
  readonly name: string
}

/** A picture for what has none of its own: a rosette for a badge, a plate for an issuer. */
export function defaultPicture({ kind, seed, name }: Subject): string {
  const [a = 0, b = 0] = createHash('sha256').update(seed).digest()
  const [dark, mid, light] = palettes[a % palettes.length] ?? palettes[0]
  const petals = petalCounts[b % petalCounts.length] ?? 16
  const shape =
    kind === 'badge' ? rosette({ dark, mid, light, petals }) : plate({ dark, mid, light })
  const centre = kind === 'badge' ? { x: 256, y: 208, room: 208 } : { x: 256, y: 256, room: 330 }
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 512 512" role="img"><title>${escapeText(name)}</title>${shape}${letters(initialsOf(name), centre)}</svg>`
}

type Colours = { readonly dark: string; readonly mid: string; readonly light: string }

function rosette({ dark, mid, light, petals }: Colours & { readonly petals: number }): string {
  return [
    `<path d="M166 300 112 478l58-16 36 46 52-190z" fill="${mid}"/>`,
    `<path d="M346 300l54 178-58-16-36 46-52-190z" fill="${mid}"/>`,
    `<path d="M206 508l52-190-30-8-56 152zM306 508l-52-190 30-8 56 152z" fill="${dark}" opacity=".35"/>`,
    `<path d="${scallops({ x: 256, y: 208, radius: 176, petals })}" fill="${light}"/>`,
    `<path d="${scallops({ x: 256, y: 208, radius: 158, petals })}" fill="${mid}"/>`,
    `<circle cx="256" cy="208" r="140" fill="#fff"/>`,
    `<circle cx="256" cy="208" r="130" fill="${dark}"/>`,
    `<circle cx="256" cy="208" r="116" fill="none" stroke="${light}" stroke-width="4" stroke-dasharray="2 11" stroke-linecap="round"/>`,
  ].join('')
}

function plate({ dark, mid, light }: Colours): string {
  return [
    `<rect x="24" y="24" width="464" height="464" rx="112" fill="${mid}"/>`,
    `<rect x="44" y="44" width="424" height="424" rx="94" fill="${light}"/>`,
    `<rect x="56" y="56" width="400" height="400" rx="84" fill="${dark}"/>`,
  ].join('')
}

type Ring = { x: number; y: number; radius: number; petals: number }

/** A ring of half circles, each from one point on the circle to the next. */
function scallops({ x, y, radius, petals }: Ring): string {
  const step = (2 * Math.PI) / petals
  const at = (n: number) =>
    `${round(x + radius * Math.sin(n * step))} ${round(y - radius * Math.cos(n * step))}`
  const bulge = round(radius * Math.sin(step / 2))
  const arcs = Array.from({ length: petals }, (_, n) => `A${bulge} ${bulge} 0 0 1 ${at(n + 1)}`)
  return `M${at(0)}${arcs.join('')}z`
}

type Centre = { x: number; y: number; room: number }

function letters(initials: string, { x, y, room }: Centre): string {
  if (initials === '') return star(x, y, room * 0.42)
  const width = [...initials].reduce((sum, letter) => sum + widthOf(letter), 0)
  const size = Math.min((room * 0.92) / width, room * 0.6)
  // Centred by the height of capital letters, which every renderer places alike.
  const baseline = round(y + size * 0.365)
  const family = `'DejaVu Sans',Verdana,'Segoe UI',sans-serif`
  return `<text x="${x}" y="${baseline}" text-anchor="middle" font-family="${family}" font-weight="700" font-size="${round(size)}" fill="#fff">${escapeText(initials)}</text>`
}

/** Width of a bold letter in parts of its size, roughly: renderers differ in their fonts. */
function widthOf(letter: string): number {
  if (/[WMШЩЮЖ]/.test(letter)) return 1.08
  return /[IJijlfrt1]/.test(letter) ? 0.45 : 0.8
}

function star(x: number, y: number, radius: number): string {
  const points = Array.from({ length: 10 }, (_, n) => {
    const length = n % 2 === 0 ? radius : radius * 0.42
    const angle = (n * Math.PI) / 5
    return `${round(x + length * Math.sin(angle))},${round(y - length * Math.cos(angle))}`
  })
  return `<polygon points="${points.join(' ')}" fill="#fff"/>`
}

/** Up to three letters: of the words that matter, or the first two of a single word. */
export function initialsOf(name: string): string {
  const words = name.normalize('NFC').match(/[\p{L}\p{N}]+/gu) ?? []
  const telling = words.filter((word) => word.length > 3 || /\p{N}|^\p{Lu}/u.test(word))
  const chosen = telling.length > 0 ? telling : words
  const initials =
    chosen.length === 1
      ? [...(chosen[0] ?? '')].slice(0, 2).join('')
      : chosen
          .slice(0, 3)
          .map((word) => [...word][0])
          .join('')
  if (!drawable.test(initials)) return ''
  return chosen.length === 1 ? initials : initials.toUpperCase()
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
