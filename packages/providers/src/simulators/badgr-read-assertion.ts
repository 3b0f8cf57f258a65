import { z } from 'zod'
import type { AssertionFields, RecipientFields, World } from './badgr-state.js'

/** Messages by field, as the API words them; empty for what is in order. */
export type FieldErrors = Record<string, readonly string[]>

const required = 'This field is required'
/** The Gregorian calendar in its first whole year. */
const firstYear = 1583

/** What a body says about a badge; its errors are added to `errors`. */
export function readAssertion(world: World, body: object, errors: FieldErrors) {
  const read = <T>(field: string, reader: (value: unknown) => T): T | undefined => {
    const value: unknown = Object.entries(body).find(([name]) => name === field)?.[1]
    if (value === undefined || value === null) return undefined
    try {
      return reader(value)
    } catch (error) {
      errors[field] = [error instanceof FieldError ? error.message : 'Invalid value.']
      return undefined
    }
  }
  const { core } = world
  const text = (value: unknown) => z.string().parse(value)
  const flag = (value: unknown) => z.boolean().parse(value)
  return {
    recipient: read('recipient', readRecipient),
    issuedOn: read('issuedOn', (value) => readIssuedOn(value, core.now())),
    expires: read('expires', readTime),
    narrative: read('narrative', text),
    evidence: read('evidence', (value) => z.array(z.unknown()).parse(value).map(readEvidence)),
    extensions: read('extensions', (value) => z.looseObject({}).parse(value)),
    badgeclass: read('badgeclass', text),
    badgeclassOpenBadgeId: read('badgeclassOpenBadgeId', text),
    badgeclassName: read('badgeclassName', text),
    notify: read('notify', flag) ?? false,
    allowDuplicateAwards: read('allowDuplicateAwards', flag) ?? true,
  }
}

export type ReadAssertion = ReturnType<typeof readAssertion>

/** The members of a new badge; undefined when there are errors. */
export function toFields(
  { core }: World,
  read: ReadAssertion,
  errors: FieldErrors,
): AssertionFields | undefined {
  const { recipient } = read
  if (recipient === undefined) errors['recipient'] ??= [required]
  if (recipient === undefined || Object.keys(errors).length > 0) return undefined
  return {
    recipient,
    issuedOn: read.issuedOn ?? core.now(),
    expires: read.expires ?? null,
    narrative: read.narrative ?? null,
    evidence: read.evidence ?? [],
    extensions: read.extensions ?? {},
  }
}

class FieldError extends Error {}

const recipientSchema = z.object({
  identity: z.string().min(1),
  type: z.enum(['email', 'openBadgeId', 'telephone', 'url']).default('email'),
  hashed: z.boolean().optional(),
})

function readRecipient(value: unknown): RecipientFields {
  const parsed = recipientSchema.safeParse(value)
  if (!parsed.success) throw new FieldError(required)
  const { identity, type, hashed = type === 'email' || type === 'telephone' } = parsed.data
  if (type !== 'email') return { identity, type, hashed }
  if (!z.email().safeParse(identity).success) throw new FieldError('Enter a valid email address.')
  return { identity: identity.toLowerCase(), type, hashed }
}

function readTime(value: unknown): Date {
  const parsed = z.iso.datetime({ offset: true, local: true }).safeParse(value)
  const dateOnly = z.iso.date().safeParse(value)
  const text = parsed.data ?? dateOnly.data
  if (text === undefined) throw new FieldError('Invalid format. Expected an ISO 8601 date or time.')
  return new Date(text)
}

function readIssuedOn(value: unknown, now: Date): Date {
  const time = readTime(value)
  if (time.getTime() > now.getTime()) {
    throw new FieldError('Only issuedOn dates in the past are acceptable.')
  }
  if (time.getUTCFullYear() < firstYear) {
    throw new FieldError(`Only issuedOn dates after the start of ${firstYear} are acceptable.`)
  }
  return time
}

const evidenceSchema = z.object({ url: z.url().nullish(), narrative: z.string().nullish() })

function readEvidence(value: unknown) {
  const parsed = evidenceSchema.safeParse(value)
  if (!parsed.success) throw new FieldError('Enter a valid URL.')
  const { url, narrative } = parsed.data
  if (!url && !narrative) throw new FieldError('Either url or narrative is required')
  return { url: url ?? null, narrative: narrative ?? null }
}
