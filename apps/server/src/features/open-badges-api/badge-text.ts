import { detectImage, unbake } from '@rosette/open-badges'

type Content = { readonly content: Buffer }

/** A badge from elsewhere as its text, taken out of the picture if it came in one. */
export function textOf({ content }: Content): string | undefined {
  if (detectImage(content) === undefined) return content.toString('utf8').trim()
  try {
    return unbake(content)?.text.trim()
  } catch {
    return undefined
  }
}

const compactJws = /^[\w-]+\.[\w-]+\.[\w-]+$/

/** A badge as an object, or as the compact text that it is; what is neither cannot be handed on. */
export function formOf(text: string): { json: object } | { jws: string } | undefined {
  if (compactJws.test(text)) return { jws: text }
  try {
    const json: unknown = JSON.parse(text)
    return typeof json === 'object' && json !== null ? { json } : undefined
  } catch {
    return undefined
  }
}
