import { z } from 'zod'
import type { Evidence, Order, ProviderBadge } from '../provider.js'
import { ProviderError } from '../provider-error.js'
import { toTime, toWebAddress } from '../wire-values.js'
import { dayOf } from './days.js'

/** A number in some answers and a text in others. */
export const idSchema = z.union([z.string().min(1), z.int()]).transform(String)

const looseText = z.string().nullish().catch(null)
// An end that cannot be read must not make an ended credential look alive.
const endDay = z.union([z.string().regex(/^\d{4}-\d{2}-\d{2}/), z.literal('')])

/** A credential as single answers give it and, with other names, as the rows of a search do. */
export const credentialSchema = z.object({
  id: idSchema,
  uuid: looseText,
  encoded_id: looseText,
  group_id: idSchema.nullish(),
  group: z.object({ id: idSchema }).nullish().catch(null),
  approve: z.boolean().nullish(),
  issued_on: looseText,
  expired_on: endDay.nullish(),
  url: looseText,
  recipient: z.object({ email: looseText }).nullish().catch(null),
  recipient_email: looseText,
  license_id: looseText,
  meta_data: z.object({ award_id: looseText }).nullish().catch(null),
  updated_at: looseText,
})
type Credential = z.output<typeof credentialSchema>

export type BadgeContext = {
  readonly publicBaseUrl: string
  readonly now: () => Date
  /** The group, where the answer leaves it out. */
  readonly templateId?: string
}

export function toBadge(credential: Credential, context: BadgeContext): ProviderBadge {
  const { publicBaseUrl, now, templateId = '' } = context
  const expiresAt = toDay(credential.expired_on)
  return {
    id: credential.id,
    templateId: credential.group_id ?? credential.group?.id ?? templateId,
    email: credential.recipient?.email ?? credential.recipient_email ?? '',
    ...standingOf(credential.approve ?? true, expiresAt, dayOf(now())),
    issuedAt: toDay(credential.issued_on),
    expiresAt,
    awardId: credential.meta_data?.award_id ?? credential.license_id ?? null,
    url: toWebAddress(credential.url) ?? publicUrl(credential, publicBaseUrl),
    updatedAt: toTime(credential.updated_at),
  }
}

/**
 * Accredible has no field for it: a credential lives to the end of its last day, and one that is not
 * approved is not published. What has ended stays so, published or not.
 */
function standingOf(approved: boolean, expiresAt: string | null, today: string) {
  if (expiresAt !== null && expiresAt < today) {
    return { standing: 'ended', state: 'expired' } as const
  }
  return approved
    ? ({ standing: 'live', state: 'published' } as const)
    : ({ standing: 'unpublished', state: 'unpublished' } as const)
}

function toDay(text: string | null | undefined): string | null {
  return /^\d{4}-\d{2}-\d{2}/.exec(text ?? '')?.[0] ?? null
}

function publicUrl({ uuid, encoded_id, id }: Credential, base: string): string {
  return `${base.replace(/\/+$/, '')}/${encodeURIComponent(uuid ?? encoded_id ?? id)}`
}

/** The body of a new credential. No field of it keeps Accredible from writing to the recipient. */
export function toCredentialBody(order: Order): object {
  const { recipient, templateId, awardId, expiresAt } = order
  const evidence = order.evidence.flatMap(toEvidenceItem)
  return {
    recipient: { name: recipient.name, email: recipient.email, id: recipient.id },
    group_id: /^\d{1,15}$/.test(templateId) ? Number(templateId) : templateId,
    id: awardId,
    meta_data: { award_id: awardId },
    issued_on: dayOf(order.issuedAt),
    // Left out, it leaves room for the expiry that the group sets.
    ...(expiresAt === null ? {} : { expired_on: dayOf(expiresAt) }),
    complete: true,
    approve: true,
    ...(evidence.length === 0 ? {} : { evidence_items: evidence }),
  }
}

/** Evidence is an address there; what has none cannot be shown. */
function toEvidenceItem({ url, name, narrative }: Evidence): object[] {
  if (url === undefined) return []
  return [{ category: 'url', url, description: name || narrative || url }]
}

export function assertRecipient({ recipient: { email, name } }: Order): void {
  const missing = email.trim() === '' ? 'e-mail address' : name.trim() === '' ? 'name' : undefined
  if (missing === undefined) return
  const message = `Accredible needs the ${missing} of a recipient, and this one has none.`
  throw new ProviderError(message, { kind: 'refused', reason: 'recipient-refused' })
}
