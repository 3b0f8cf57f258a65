import { type Design, parseDesign } from './design.js'

const word = 'rosette-design'

/**
 * The design as the class of its picture: the server keeps that attribute as it is, and nobody who
 * reads or hears the picture is told of it.
 */
export function keptIn(design: Design): string {
  const bytes = new TextEncoder().encode(JSON.stringify(design))
  const letters = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')
  return `${word} ${btoa(letters).replaceAll('+', '.').replaceAll('/', '_').replaceAll('=', '')}`
}

/** The design in a picture that was made here; undefined for any other picture. */
export function designIn(svg: string): Design | undefined {
  const kept = new RegExp(`class="${word} ([A-Za-z0-9._]+)"`).exec(svg)?.[1]
  if (kept === undefined) return undefined
  try {
    const letters = atob(kept.replaceAll('.', '+').replaceAll('_', '/'))
    const bytes = Uint8Array.from(letters, (letter) => letter.charCodeAt(0))
    return parseDesign(JSON.parse(new TextDecoder().decode(bytes)))
  } catch {
    return undefined
  }
}
