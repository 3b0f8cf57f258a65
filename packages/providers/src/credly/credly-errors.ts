import { z } from 'zod'
import { quoted } from '../foreign-text.js'
import type { Answer } from '../http.js'
import { ProviderError, type RefusalReason } from '../provider-error.js'
import { credlyName } from './credly-options.js'

const errorSchema = z.object({
  data: z.object({
    message: z.string().catch(''),
    current_badge_id: z.string().optional().catch(undefined),
  }),
})

/**
 * Credly has no codes, only sentences, and not all of them are published. The first that fits counts:
 * a template may be "already archived" and an address "already taken", so the order matters.
 */
const reasons: readonly (readonly [RegExp, RefusalReason])[] = [
  [/replaced/i, 'replaced'],
  [/(already|has been|is) (been )?revoked/i, 'already-ended'],
  [/template.*(archived|draft|not active|inactive|not found|unavailable)/i, 'template-unavailable'],
  [/(invalid|missing|unknown|archived|draft|inactive).*template/i, 'template-unavailable'],
  [/already|duplicate/i, 'duplicate'],
  [/template/i, 'template-unavailable'],
  [/e-?mail|recipient|first.?name|last.?name/i, 'recipient-refused'],
]

/** What an answer outside 2xx means. */
export function toFailure(answer: Answer): ProviderError {
  const { status } = answer
  const { message, current_badge_id: badgeId } = parseError(answer)
  const because = quoted(message === '' ? answer.text : message)
  if (status === 403) {
    const sentence = `${credlyName} does not let this key do that${because}`
    return new ProviderError(sentence, { kind: 'unauthorized', status })
  }
  if (status === 404 || status === 410) {
    const sentence = `${credlyName} has no such thing (any more)${because}`
    return new ProviderError(sentence, { kind: 'refused', reason: 'not-found', status })
  }
  const reason = status === 422 ? toReason(message) : 'other'
  const sentence = `${credlyName} refuses the request (status ${status})${because}`
  const named = badgeId === undefined ? {} : { badgeId }
  return new ProviderError(sentence, { kind: 'refused', reason, status, ...named })
}

function parseError(answer: Answer): z.output<typeof errorSchema>['data'] {
  return errorSchema.safeParse(answer.json).data?.data ?? { message: '' }
}

function toReason(message: string): RefusalReason {
  return reasons.find(([pattern]) => pattern.test(message))?.[1] ?? 'other'
}

/** What is read, or undefined where Credly says that there is no such thing. */
export async function unlessMissing<T>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read()
  } catch (error) {
    if (error instanceof ProviderError && error.reason === 'not-found') return undefined
    throw error
  }
}
