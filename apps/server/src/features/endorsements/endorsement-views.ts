import type { Endorsement } from '@rosette/contract'
import { type SqlBool, sql } from 'kysely'
import type { Db } from '../../db/database.js'
import { type Reach, within } from '../../db/reach.js'
import { readCursor, toPage } from '../../http/paging.js'
import type { PublicUrls } from '../../http/public-urls.js'
import { endorsementNotFound } from './create-endorsements.js'
import { type EndorsementRow, findEndorsement } from './endorsement-repository.js'

type Asked = {
  readonly issuerId?: string | undefined
  readonly aboutIssuerId?: string | undefined
  readonly limit: number
  readonly cursor?: string | undefined
}

/** Endorsements for screens. */
export function createEndorsementViews({
  db,
  urls,
}: {
  readonly db: Db
  readonly urls: PublicUrls
}) {
  async function list({ limit, cursor, issuerId, aboutIssuerId }: Asked, reach: Reach) {
    const after = readCursor(cursor, ['text', 'uuid'])
    let query = db
      .selectFrom('endorsement as e')
      .leftJoin('issuer as i', 'i.id', 'e.issuer_id')
      .leftJoin('badge_template as t', 't.id', 'e.subject_template_id')
      .leftJoin('issuer as s', 's.id', 'e.subject_issuer_id')
      .selectAll('e')
      .orderBy('e.created_at', 'desc')
      .orderBy('e.id', 'desc')
      .limit(limit + 1)
    if (reach !== 'everywhere') {
      query = query.where(aboutIssuerId === undefined ? belongs(reach) : isAbout(reach))
    }
    if (issuerId !== undefined) query = query.where('e.issuer_id', '=', issuerId)
    if (aboutIssuerId !== undefined) {
      query = query.where((eb) =>
        eb.or([
          eb('e.subject_issuer_id', '=', aboutIssuerId),
          eb('t.issuer_id', '=', aboutIssuerId),
        ]),
      )
    }
    if (after !== undefined) {
      query = query.where(
        sql<SqlBool>`(e.created_at, e.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`,
      )
    }
    const { rows, next } = toPage(await query.execute(), limit, (row) => [row.created_at, row.id])
    return { items: rows.map(toView), next }
  }

  async function get(id: string): Promise<Endorsement> {
    const row = await findEndorsement(db, id)
    if (row === undefined) throw endorsementNotFound(id)
    return toView(row)
  }

  function toView(row: EndorsementRow): Endorsement {
    const { subject_template_id: templateId, subject_issuer_id: issuerId } = row
    return {
      id: row.id,
      issuerId: row.issuer_id,
      issuerName: row.issuer_name,
      subject: templateId === null ? { issuerId: issuerId ?? '' } : { badgeTemplateId: templateId },
      comment: row.comment,
      form: row.form,
      publicUrl: urls.endorsement(row.id),
      createdAt: row.created_at,
      validUntil: row.valid_until,
      withdrawnAt: row.withdrawn_at,
    }
  }

  return { list, get }
}

// To the organization that endorses; one that was signed elsewhere to whom it speaks of.
function belongs(reach: Reach) {
  return sql<SqlBool>`(${within(reach, 'i.organization_id')} or (e.issuer_id is null
    and (${within(reach, 't.organization_id')} or ${within(reach, 's.organization_id')})))`
}

function isAbout(reach: Reach) {
  return sql<SqlBool>`(${within(reach, 't.organization_id')} or ${within(reach, 's.organization_id')})`
}
