import { z } from 'zod'
import { type ErrorCode, errorCodes } from './errors.js'

const uuidText = /^[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$/
const shortText = /^[A-Za-z0-9_-]{21}[AQgw]$/

/** An id as it is answered: the lower-case form of a UUID, of any version: events bring their own. */
export const id = z.guid()

/** An id as it may be asked for: a UUID, or its 22-character form from a public address. */
export const idInput = z
  .string()
  .refine((text) => uuidText.test(text) || shortText.test(text), {
    error: 'must be a UUID or its 22-character form',
  })
  .transform((text) => (uuidText.test(text) ? text.toLowerCase() : toUuid(text)))
  .meta({ description: 'A UUID, or its 22-character base64url form' })

/** A point in time as it is answered: UTC, with up to six digits of a second. */
export const instant = z.iso.datetime()

/** A point in time as it may be given: with an offset, because nobody can guess it. */
export const instantInput = z.iso
  .datetime({
    offset: true,
    error: 'must be a time with its offset, such as 2026-09-01T00:00:00Z',
  })
  .meta({ description: 'ISO 8601 with an offset, such as 2026-09-01T00:00:00Z' })

/** Where an earlier page ended, and how many to answer with. */
export const paging = {
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().min(1).max(500).optional().meta({ description: '`next` of the page before' }),
}

/** One page of a list; `next` is the cursor of the following one, null on the last. */
export function pageOf<Item extends z.ZodType>(item: Item, name: string) {
  return z.object({ items: z.array(item), next: z.string().nullable() }).meta({ id: name })
}

/** The platforms that may issue badges for us. */
export const providers = ['credly', 'accredible', 'badgr'] as const

export const idParams = z.object({ id: idInput })

export const fault = z
  .object({
    path: z.string().meta({ description: 'Where, such as requirements[0].dataRules[1].value' }),
    reason: z.string().meta({ description: 'What is wrong there, and the remedy' }),
    code: z.string().optional(),
  })
  .meta({ id: 'Fault' })

export const problem = z
  .object({
    type: z.string(),
    title: z.string().meta({ description: 'A sentence that a person can act on' }),
    status: z.int(),
    code: z.enum(errorCodes),
    faults: z.array(fault).optional(),
  })
  .meta({ id: 'Problem', description: 'Why a request was refused (RFC 9457)' })

export type Problem = z.output<typeof problem>

/** The refusals of a route, for its `response`; `codes` are those that it has of its own. */
export function problems(...codes: readonly ErrorCode[]) {
  const all: readonly ErrorCode[] = ['request-invalid', 'not-signed-in', 'forbidden', ...codes]
  const content = { 'application/problem+json': { schema: problem } }
  return {
    '4xx': { description: `Refused, with the code ${all.join(', ')}.`, content },
    '5xx': { description: 'The platform is in trouble, or switched off.', content },
  }
}

/** A table for spreadsheets. */
export const tableFile = {
  description: 'A table',
  content: { 'text/csv': { schema: z.string() } },
}

/** By what a caller is known to a route that is not open to everybody. */
export const signedIn = [{ token: [] }, { session: [] }]

function toUuid(short: string): string {
  const standard = short.replaceAll('-', '+').replaceAll('_', '/')
  const hex = [...atob(standard)].map((byte) => byte.charCodeAt(0).toString(16).padStart(2, '0'))
  return hex.join('').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
