import type { Visibility } from '@rosette/contract/backpack'
import { sql } from 'kysely'
import type { RecipientJson } from '../../db/backpack-schema.js'
import type { Db } from '../../db/database.js'
import type { EvidenceJson } from '../../db/schema.js'
import { type Known, saidOf } from './names-learner.js'

/** A badge from elsewhere as its learner shows it here. */
export type ImportedView = {
  readonly entryId: string
  readonly userId: string
  readonly name: string
  readonly description: string
  readonly criteria: string
  readonly issuerName: string
  readonly issuerUrl: string | null
  readonly tags: readonly string[]
  readonly evidence: readonly EvidenceJson[]
  readonly narrative: string | null
  readonly kind: string
  readonly verdict: string
  readonly statusReason: string | null
  readonly checkedAt: string
  readonly awardedAt: string | null
  readonly expiresAt: string | null
  readonly sourceUrl: string | null
  /** The badge itself, exactly as it came. */
  readonly text: string
  readonly recipient: RecipientJson | null
  readonly imageId: string | null
  /** `private` too while it waits for its address to be proven. */
  readonly visibility: Visibility
  readonly showsName: boolean
  /** The name of a learner who shows it. */
  readonly learnerName: string | null
  /** Whether the text has the learner's name in it, readable for everybody, or an address of theirs. */
  readonly namesLearner: boolean
  readonly namesAddress: boolean
}

/** One that was not rejected, and whose learner has not left. */
export async function findImportedView(db: Db, id: string): Promise<ImportedView | undefined> {
  const { rows } = await sql<Row>`
    select e.id as "entryId", e.user_id as "userId", e.name, e.description, e.criteria,
      e.issuer_name as "issuerName", e.issuer_url as "issuerUrl", e.tags, e.evidence, e.narrative, e.kind,
      e.verdict, e.status_reason as "statusReason", e.checked_at as "checkedAt",
      e.awarded_at as "awardedAt", e.expires_at as "expiresAt", e.source_url as "sourceUrl", e.text,
      e.recipient, e.picture_id as "imageId",
      case when e.state = 'kept' then e.visibility else 'private' end as visibility,
      e.shows_name as "showsName", case when e.shows_name then nullif(u.name, '') end as "learnerName",
      u.name as "ownName", array(select p.email from proven_address p where p.user_id = u.id) as addresses
    from backpack_entry e join app_user u on u.id = e.user_id
    where e.id = ${id} and e.state <> 'rejected' and u.disabled_at is null`.execute(db)
  const [row] = rows
  if (row === undefined) return undefined
  const { ownName, addresses, ...badge } = row
  return { ...badge, ...tellsOf(badge, { name: ownName, addresses }) }
}

type Row = Omit<ImportedView, 'namesLearner' | 'namesAddress'> & {
  readonly ownName: string
  readonly addresses: readonly string[]
}

function tellsOf({ text, recipient }: Omit<Row, 'ownName' | 'addresses'>, known: Known) {
  const said = saidOf(text, known)
  const isPlain = recipient !== null && !recipient.hashed
  const isByMail = isPlain && (/mail/i.test(recipient.type) || recipient.identity.includes('@'))
  return {
    namesLearner: said.name || (isPlain && !isByMail),
    namesAddress: said.address || isByMail,
  }
}
