import { detectImage } from '@rosette/open-badges'

/** What an address answered. */
export type Answer = { readonly bytes: Uint8Array; readonly type: string }

/** What verification can use, the best first: many addresses serve a page to whoever does not ask. */
export const accept = [
  'application/vc+ld+json',
  'application/vc',
  'application/ld+json',
  'application/json',
  'application/vc+jwt',
  'image/png',
  'image/svg+xml',
].join(', ')

/** An answer as verification takes it: parsed JSON, the bytes of an image, or text. */
export function toDocument({ bytes, type }: Answer): unknown {
  if (type.startsWith('image/') || detectImage(bytes) !== undefined) return bytes
  const text = new TextDecoder().decode(bytes)
  try {
    return JSON.parse(text)
  } catch {
    // A signed list or badge is a JWT, a key may be PEM; what is none of them is refused where it is read.
    return text
  }
}
