/** Colours that go together; letters on the face have a contrast of at least 4.5. */
export const palettes = [
  { id: 'indigo', fill: '#3730a3', rim: '#a5b4fc', ink: '#ffffff' },
  { id: 'night', fill: '#172554', rim: '#f5b301', ink: '#ffffff' },
  { id: 'ocean', fill: '#155e75', rim: '#67e8f9', ink: '#ffffff' },
  { id: 'sky', fill: '#1d4ed8', rim: '#bfdbfe', ink: '#ffffff' },
  { id: 'forest', fill: '#14532d', rim: '#86efac', ink: '#ffffff' },
  { id: 'mint', fill: '#d1fae5', rim: '#0f766e', ink: '#115e59' },
  { id: 'gold', fill: '#fbbf24', rim: '#92400e', ink: '#451a03' },
  { id: 'copper', fill: '#7c2d12', rim: '#fdba74', ink: '#ffffff' },
  { id: 'cherry', fill: '#9f1239', rim: '#fda4af', ink: '#ffffff' },
  { id: 'plum', fill: '#581c87', rim: '#d8b4fe', ink: '#ffffff' },
  { id: 'paper', fill: '#ffffff', rim: '#3730a3', ink: '#312e81' },
  { id: 'slate', fill: '#1f2937', rim: '#cbd5e1', ink: '#ffffff' },
] as const

/** How well two colours can be told apart, 1 to 21, as WCAG has it. */
export function contrastOf(one: string, other: string): number {
  const [a, b] = [luminance(one), luminance(other)]
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)
}

function luminance(colour: string): number {
  const part = (from: number) => {
    const value = Number.parseInt(colour.slice(from, from + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  }
  return 0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5)
}
