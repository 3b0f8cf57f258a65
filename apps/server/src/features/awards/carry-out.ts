import type { Tx } from '../../db/database.js'
import type { StoredLearner } from '../learners/learners.js'
import type { TemplateRow } from '../templates/templates.js'
import { type AwardEvent, toAwardEvent } from './award-events.js'
import { insertAwards, markRevoked, type NewAward, type Revocation } from './award-repository.js'

/** What follows from awards elsewhere: credentials, providers, signals. Each joins the transaction. */
export type Consequences = {
  granted(tx: Tx, awardIds: readonly string[]): Promise<void>
  revoked(tx: Tx, awardIds: readonly string[]): Promise<void>
  announce(tx: Tx, events: readonly AwardEvent[]): Promise<void>
  imageUrlOf(templateId: string): string
}

type Concerned = {
  readonly learner: StoredLearner
  readonly template: Pick<TemplateRow, 'id' | 'name' | 'description' | 'origin'>
}
export type AwardChange =
  | (Concerned & { readonly change: 'grant'; readonly award: NewAward })
  | (Concerned & { readonly change: 'revoke'; readonly revocation: Revocation })

/**
 * Writes the changes and everything that must follow from them, in the transaction that decided
 * them, and answers with the signals that tell of them. The learners must be locked.
 */
export async function carryOut(
  tx: Tx,
  changes: readonly AwardChange[],
  consequences: Consequences,
): Promise<readonly AwardEvent[]> {
  const grants = changes.flatMap((c) => (c.change === 'grant' ? [c.award] : []))
  const revocations = changes.flatMap((c) => (c.change === 'revoke' ? [c.revocation] : []))
  await markRevoked(tx, revocations)
  await insertAwards(tx, grants)
  if (grants.length > 0)
    await consequences.granted(
      tx,
      grants.map((g) => g.id),
    )
  if (revocations.length > 0)
    await consequences.revoked(
      tx,
      revocations.map((r) => r.id),
    )
  const events = changes.map((change) => tellOf(change, consequences))
  if (events.length > 0) await consequences.announce(tx, events)
  return events
}

/** The signal that tells of a change. */
export function tellOf(
  change: AwardChange,
  { imageUrlOf }: Pick<Consequences, 'imageUrlOf'>,
): AwardEvent {
  const { learner, template } = change
  const imageUrl = imageUrlOf(template.id)
  return change.change === 'grant'
    ? toAwardEvent({
        change: 'awarded',
        awardId: change.award.id,
        time: change.award.awardedAt,
        learner,
        template,
        imageUrl,
      })
    : toAwardEvent({
        change: 'revoked',
        awardId: change.revocation.id,
        time: change.revocation.revokedAt,
        learner,
        template,
        imageUrl,
      })
}
