type Rgb = readonly [number, number, number]

/** The ground on which an accent stands, and the letters that stand on it, in light and in dark. */
const grounds = {
  light: { papers: ['#ffffff', '#f6f6fa'], letters: '#ffffff', towards: 0 },
  dark: { papers: ['#1c1c28', '#12121a'], letters: '#16163a', towards: 255 },
} as const
type Scheme = keyof typeof grounds

/** What WCAG 2.2 asks for text (1.4.3, level AA). */
const enoughContrast = 4.5

export type Accent = {
  readonly colour: string
  /** The letters that can be read on it. */
  readonly letters: string
  /** Whether it had to be made darker or lighter than the colour that was chosen. */
  readonly isAdjusted: boolean
}

/** One colour of an operator, as it can be read on light and on dark pages. */
export function toAccents(chosen: string): Readonly<Record<Scheme, Accent>> {
  return { light: readable(chosen, 'light'), dark: readable(chosen, 'dark') }
}

/** The contrast of two colours written as `#rrggbb`, from 1 to 21 (WCAG 2.2, contrast ratio). */
export function contrastOf(one: string, other: string): number {
  const [a, b] = [luminance(toRgb(one)), luminance(toRgb(other))]
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)
}

// Mixed with black or white in steps until it can be read: the hue stays what it was.
function readable(chosen: string, scheme: Scheme): Accent {
  const { papers, letters, towards } = grounds[scheme]
  const rgb = toRgb(chosen)
  for (let step = 0; step <= 100; step++) {
    const colour = toHex(mixed(rgb, towards, step / 100))
    if ([...papers, letters].every((against) => contrastOf(colour, against) >= enoughContrast)) {
      return { colour, letters, isAdjusted: step > 0 }
    }
  }
  return { colour: towards === 0 ? '#000000' : '#ffffff', letters, isAdjusted: true }
}

function mixed([red, green, blue]: Rgb, end: number, share: number): Rgb {
  const mix = (value: number) => Math.round(value + (end - value) * share)
  return [mix(red), mix(green), mix(blue)]
}

function luminance(rgb: Rgb): number {
  const [red = 0, green = 0, blue = 0] = rgb.map((value) => {
    const part = value / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function toRgb(hex: string): Rgb {
  const part = (at: number) => Number.parseInt(hex.slice(at, at + 2), 16)
  return [part(1), part(3), part(5)]
}

function toHex(rgb: Rgb): string {
  return `#${rgb.map((value) => value.toString(16).padStart(2, '0')).join('')}`
}
