import { z } from 'zod'
import { type Answer, unexpectedAnswer } from '../http.js'
import { ProviderError } from '../provider-error.js'
import { credlyName } from './credly-options.js'

/** Only what is read is required: Credly adds members without notice, and leaves some out. */
const text = z.string().nullish()
const id = z.string().min(1)

const badgeSchema = z.object({
  id,
  state: z.string(),
  recipient_email: text,
  badge_template: z.object({ id }),
  replacement_badge_id: text,
  issued_at: text,
  expires_at: text,
  updated_at: text,
  badge_url: text,
  accept_badge_url: text,
})
export type CredlyBadge = z.output<typeof badgeSchema>

const templateSchema = z.object({
  id,
  name: z.string(),
  description: text,
  state: z.string(),
  allow_duplicate_badges: z.boolean().nullish(),
  image_url: text,
  url: text,
  updated_at: text,
  skills: z.array(z.union([z.string(), z.object({ name: z.string() })])).nullish(),
})
export type CredlyTemplate = z.output<typeof templateSchema>

const organizationSchema = z.object({ id, name: z.string() })

const tokenSchema = z.object({ token: z.string().min(1), expires_at: text })

const eventSchema = z.object({
  id,
  event_type: z.string(),
  organization_id: id,
  occurred_at: text,
  badge: z.object({ id, badge_template: z.object({ id }).nullish() }).nullish(),
  badge_template: z.object({ id }).nullish(),
})
export type CredlyEvent = z.output<typeof eventSchema>

const metadataSchema = z.object({ next_page_url: text }).nullish()

export const oneBadge = z.object({ data: badgeSchema })
export const manyBadges = z.object({ data: z.array(badgeSchema) })
export const badgePage = z.object({ data: z.array(badgeSchema), metadata: metadataSchema })
export const oneTemplate = z.object({ data: templateSchema })
export const templatePage = z.object({ data: z.array(templateSchema), metadata: metadataSchema })
export const oneOrganization = z.object({ data: organizationSchema })
export const organizationPage = z.object({
  data: z.array(organizationSchema),
  metadata: metadataSchema,
})
export const oneToken = z.object({ data: tokenSchema })
export const tokenPage = z.object({ data: z.array(tokenSchema), metadata: metadataSchema })
export const oneEvent = z.object({ data: eventSchema })
export const eventPage = z.object({ data: z.array(eventSchema), metadata: metadataSchema })
export const accessToken = z.object({
  access_token: z.string().min(1),
  expires_in: z.number().nonnegative().optional(),
})

export type Page<T> = {
  readonly data: readonly T[]
  readonly metadata?: z.output<typeof metadataSchema>
}

/** The schemas whose answers carry a key, which no message may quote. */
const secretSchemas = new Set<z.ZodType>([oneToken, tokenPage, accessToken])

/** The answer as the schema reads it. */
export function parseAnswer<T>(schema: z.ZodType<T>, answer: Answer): T {
  const parsed = schema.safeParse(answer.json)
  if (parsed.success) return parsed.data
  if (!secretSchemas.has(schema)) throw unexpectedAnswer(credlyName, 'the request', answer)
  const message = `${credlyName} answered the request for a key with something that cannot be read (status ${answer.status}).`
  throw new ProviderError(message, { kind: 'unanswered', status: answer.status })
}
