import { z } from 'zod'
import { CredlyRefusal, refuse } from './credly-refusals.js'
import type { SimEvidence } from './credly-state.js'

const locales = 'en fr de ko ja zh-CN pt es-ES es-US fr-CA pt-BR'.split(' ')

export type Body = Readonly<Record<string, unknown>>

/** An object from JSON; anything else is nothing. */
export function parseBody(body: unknown): Body {
  return z.record(z.string(), z.unknown()).catch({}).parse(body)
}

/** A text that must be there. */
export function requireText(body: Body, key: string): string {
  const value = optionalText(body, key)
  if (value === null) throw refuse(`${toLabel(key)} can't be blank`)
  return value
}

export function optionalText(body: Body, key: string): string | null {
  const value = body[key]
  if (value === undefined || value === null) return null
  if (typeof value !== 'string') throw refuse(`${toLabel(key)} is invalid`)
  return value.trim() === '' ? null : value.trim()
}

/** Rails takes `Recipient email` for `recipient_email`. */
function toLabel(key: string): string {
  const words = key.replaceAll('_', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

export function requireEmail(body: Body): string {
  const email = requireText(body, 'recipient_email')
  if (!/^[^\s@,;<>]+@[^\s@,;<>]+\.[^\s@,;<>]+$/.test(email))
    throw refuse('Recipient email is invalid')
  return email
}

const timePattern =
  /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)(?: ?(Z|UTC|[+-]\d{2}:?\d{2}))?)?$/

/** `2014-04-01 09:41:00 -0500` or ISO 8601; without a zone it is UTC. */
function toSimTime(text: string): Date | undefined {
  const [, day, time = '00:00', zone = 'Z'] = timePattern.exec(text) ?? []
  if (day === undefined) return undefined
  const offset = zone === 'UTC' ? 'Z' : zone.replace(/^([+-]\d{2}):?(\d{2})$/, '$1:$2')
  const date = new Date(`${day}T${time}${offset}`)
  if (Number.isNaN(date.getTime())) return undefined
  // Days such as the 30th of February roll over instead of failing.
  return new Date(`${day}T00:00:00Z`).toISOString().startsWith(day) ? date : undefined
}

export function requireTime(body: Body, key: string): Date {
  const time = toSimTime(requireText(body, key))
  if (time === undefined) throw refuse(`${toLabel(key)} is invalid`)
  return time
}

/** Null leaves it to the template, and false is never. */
export function parseExpiry(body: Body): Date | null | false {
  const value = body['expires_at']
  if (value === undefined || value === null || value === false) return value ?? null
  return requireTime(body, 'expires_at')
}

export function parseLocale(body: Body): string {
  const locale = optionalText(body, 'locale') ?? 'en'
  if (!locales.includes(locale)) throw refuse('Locale is not included in the list')
  return locale
}

export function parseFlag(body: Body, key: string): boolean {
  const value = body[key] ?? false
  if (typeof value !== 'boolean') throw refuse(`${toLabel(key)} is invalid`)
  return value
}

const evidenceSchema = z.array(
  z.union([
    z.object({
      type: z.literal('UrlEvidence'),
      value: z.url({ protocol: /^https?$/ }),
      name: z.string().optional(),
      description: z.string().optional(),
    }),
    z.object({
      type: z.literal('IdEvidence'),
      title: z.string().min(1),
      description: z.string().optional(),
    }),
    z.object({
      type: z.literal('TextEvidence'),
      title: z.string().optional(),
      description: z.string().min(1),
    }),
  ]),
)

export function parseEvidence(body: Body): SimEvidence[] {
  const parsed = evidenceSchema.safeParse(body['evidence'] ?? [])
  if (!parsed.success) throw refuse('Evidence is invalid')
  return parsed.data
}

/** One sentence for a template that is unknown, somebody else's, or not named at all. */
export function refuseTemplate(id: string): CredlyRefusal {
  return new CredlyRefusal(422, `Invalid or missing Badge Template ID: ${id}`)
}
