import { AppError } from '../../http/app-error.js'

/** An endorsement as somebody brings it: the exact text, and what stands in it where that is JSON. */
export type Given =
  | { readonly form: 'jwt'; readonly text: string }
  | {
      readonly form: 'json'
      readonly text: string
      readonly document: Readonly<Record<string, unknown>>
    }

/** Characters; each badge carries up to twenty of them, in a picture. */
const most = 32 * 1024

/** Reads what was given as an object, as JSON text or as a JWT; throws where it is neither. */
export function parseGiven(given: unknown): Given {
  const text = typeof given === 'string' ? given.trim() : JSON.stringify(given)
  if (text.length > most) {
    const message = `The endorsement has ${text.length} characters; badges carry up to ${most}.`
    throw new AppError('too-large', `${message} Ask for one without pictures inside.`)
  }
  if (/^[\w-]+\.[\w-]+\.[\w-]+$/.test(text)) return { form: 'jwt', text }
  const document = parseObject(text)
  if (document !== undefined) return { form: 'json', text, document }
  const remedy = 'Give the signed EndorsementCredential itself, not its address or a picture.'
  throw new AppError('endorsement-refused', `This is neither JSON nor a JWT. ${remedy}`)
}

function parseObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
    return isObject ? { ...value } : undefined
  } catch {
    // Said above, with the remedy.
    return undefined
  }
}
