import { excerpt } from '../foreign-text.js'
import type { Answer } from '../http.js'
import { ProviderError, type RefusalReason } from '../provider-error.js'
import { isRecord } from '../wire-values.js'

/** What Accredible's own words mean; the first that fits counts. */
const meanings: readonly (readonly [RegExp, RefusalReason])[] = [
  // Names the e-mail address as well, so it goes before what is wrong with a recipient.
  [/already been taken|duplicate/i, 'duplicate'],
  [/insufficient[ _]credits|not enough credits/i, 'no-credits'],
  [/invalid group|group does not exist/i, 'template-unavailable'],
  [/no credential with the id/i, 'not-found'],
  [/recipient|e-?mail/i, 'recipient-refused'],
]

/** The refusal that an answer other than success stands for. */
export function toRefusal(what: string, { status, json, text }: Answer): ProviderError {
  const words = wordsOf(json) || text
  if (status === 403 || /issuer_token|access denied/i.test(words)) {
    const message = `Accredible does not let this key do ${what}: ${excerpt(words)}`
    return new ProviderError(message, { kind: 'unauthorized', status })
  }
  // A page that is not found is no answer of the API: nothing may be taken for deleted by it.
  const absent = status === 404 && (json !== undefined || text.trim() === '')
  return refusal(what, words, { status, otherwise: absent ? 'not-found' : 'other' })
}

/** A refusal in Accredible's own words, with the reason that they give. */
export function refusal(
  what: string,
  words: string,
  { status, otherwise = 'other' }: { readonly status: number; readonly otherwise?: RefusalReason },
): ProviderError {
  const reason = meanings.find(([pattern]) => pattern.test(words))?.[1] ?? otherwise
  const message = `Accredible refused ${what}: ${excerpt(words) || `status ${status}`}`
  return new ProviderError(message, { kind: 'refused', reason, status })
}

/** Some failures are answered with 200. */
export function saysFailure(json: unknown): boolean {
  return isRecord(json) && json['success'] === false
}

/**
 * The words of an error. Their place varies: `errors` or `error` or `data` or `message`, as a text, as
 * lists of texts under the names of properties, or as `details` with `property` and `message` or `reason`.
 */
export function wordsOf(json: unknown, depth = 0): string {
  if (typeof json === 'string') return json
  if (depth > deepest) return ''
  const wordsIn = (inner: unknown) => wordsOf(inner, depth + 1)
  if (Array.isArray(json)) return json.map(wordsIn).filter(Boolean).join('; ')
  if (!isRecord(json)) return ''
  if (typeof json['property'] === 'string') {
    return `${json['property']} ${wordsIn(json['message'] ?? json['reason'])}`
  }
  return Object.entries(json)
    .map(([key, value]) => {
      const words = wordsIn(value)
      return words === '' || envelopes.has(key) ? words : `${key} ${words}`
    })
    .filter(Boolean)
    .join('; ')
}

/** What lies deeper is no message, and could be endless. */
const deepest = 10

/** Names that say nothing about what is wrong. */
const envelopes = new Set(['code', 'data', 'details', 'error', 'errors', 'message', 'status'])
