import { z } from 'zod'
import { excerpt } from '../foreign-text.js'
import type { Answer } from '../http.js'
import { ProviderError, type RefusalReason } from '../provider-error.js'
import { isRecord } from '../wire-values.js'

export type Missing = Extract<RefusalReason, 'not-found' | 'template-unavailable' | 'other'>

type Context = {
  readonly what: string
  /** What it means that the thing in the path is not there. */
  readonly missing: Missing
}

const complaintSchema = z.object({
  status: z.object({ description: z.string().catch('') }).catch({ description: '' }),
  fieldErrors: z.unknown().optional(),
  validationErrors: z.unknown().optional(),
})
type Complaint = z.output<typeof complaintSchema>

/** Why the server did not do what it was asked, from the status and the words of its answer. */
export function toRefusal(name: string, context: Context, answer: Answer): ProviderError {
  const { what, missing } = context
  const { status, json } = answer
  const complaint = complaintSchema.safeParse(json).data
  const said = excerpt(complaint === undefined ? answer.text : wordsOf(complaint).join(' '))
  const message = `${name} refuses ${what}: ${said || `status ${status}`}`
  if (status === 403) return new ProviderError(message, { kind: 'unauthorized', status })
  if (status === 404 && json === undefined) {
    const text = `${name} has no such page (status 404). Check the address of the API.`
    return new ProviderError(text, { kind: 'refused', reason: 'other', status })
  }
  const reason = status === 404 ? missing : complaint === undefined ? 'other' : reasonOf(complaint)
  return new ProviderError(message, { kind: 'refused', reason, status })
}

/** Errors of a batch come as a list in the order of its items, empty for the good ones. */
function wordsOf(complaint: Complaint): readonly string[] {
  const { status, fieldErrors, validationErrors } = complaint
  const words = [...fieldWords(fieldErrors), ...textsOf(validationErrors)]
  return words.length > 0 ? words : [status.description]
}

function fieldWords(fieldErrors: unknown): readonly string[] {
  if (Array.isArray(fieldErrors)) {
    return fieldErrors.flatMap((errors: unknown, index) => {
      const words = fieldWords(errors)
      return words.length > 0 ? [`item ${index + 1}:`, ...words] : []
    })
  }
  if (!isRecord(fieldErrors)) return textsOf(fieldErrors)
  return Object.entries(fieldErrors).map(
    ([field, errors]) => `${field}: ${textsOf(errors).join(' ')}`,
  )
}

function reasonOf(complaint: Complaint): RefusalReason {
  const { status, fieldErrors, validationErrors } = complaint
  const text = textsOf([status.description, fieldErrors, validationErrors]).join(' ')
  const fields = fieldsOf(fieldErrors)
  if (/previous award of this badge/i.test(text)) return 'duplicate'
  if (/already revoked/i.test(text)) return 'already-ended'
  if (fields.some((field) => field.startsWith('recipient'))) return 'recipient-refused'
  if (/may not award this badge to this recipient/i.test(text)) return 'recipient-refused'
  if (fields.some((field) => field.startsWith('badgeclass'))) return 'template-unavailable'
  return 'other'
}

function fieldsOf(fieldErrors: unknown): readonly string[] {
  if (Array.isArray(fieldErrors)) return fieldErrors.filter(isRecord).flatMap(Object.keys)
  return isRecord(fieldErrors) ? Object.keys(fieldErrors) : []
}

/** All texts in a value of any shape; what lies too deep is no message. */
function textsOf(value: unknown, depth = 0): readonly string[] {
  if (typeof value === 'string') return [value]
  if (value === null || typeof value !== 'object' || depth > 5) return []
  return Object.values(value).flatMap((inner) => textsOf(inner, depth + 1))
}
