import { verificationReport } from '@rosette/contract'
import type {
  BackpackBadge,
  BackpackBadgeDetail,
  BadgeEndorsement,
} from '@rosette/contract/backpack'
import type { Db } from '../../db/database.js'
import type { PublicUrls } from '../../http/public-urls.js'
import { shareLinks } from '../pages/pages.js'
import { formsOf } from './badge-forms.js'
import type { BadgeRow } from './badge-views.js'
import { collectionsWith, countsOf, endorsementsOf, findDetail } from './detail-views.js'
import { standingOf, toBadge } from './to-badge.js'

type Deps = {
  readonly db: Db
  readonly userId: string
  readonly urls: PublicUrls
  readonly now: Date
}

export async function readDetail(row: BadgeRow, deps: Deps): Promise<BackpackBadgeDetail> {
  const { db, userId, urls, now } = deps
  const [detail, counts, collections, endorsements] = await Promise.all([
    findDetail(db, row),
    countsOf(db, row),
    collectionsWith(db, userId, row),
    endorsementsOf(db, userId, row),
  ])
  const badge = toBadge(row, urls, now)
  return {
    ...badge,
    criteria: detail.criteria,
    evidence: [...detail.evidence],
    narrative: detail.narrative,
    statusReason: standingOf(row, now).reason,
    source: detail.source,
    sourceUrl: detail.sourceUrl,
    checkedAt: detail.checkedAt,
    report: detail.report === null ? null : verificationReport.parse(detail.report),
    forms: formsOf(row, detail, now),
    share: badge.publicUrl === null ? null : shareOf(badge, badge.publicUrl, urls),
    counts,
    canHaveWallet: row.origin === 'earned' && row.isSigned && badge.status === 'valid',
    endorsements: endorsements.map((one) => toEndorsement(one, urls)),
    collections,
  }
}

function shareOf(badge: BackpackBadge, url: string, urls: PublicUrls) {
  const { id: credentialId, name, issuer, awardedAt, expiresAt } = badge
  const facts = { name, issuerName: issuer.name, awardedAt, expiresAt, credentialId }
  return shareLinks({ ...facts, url, oembed: urls.oembed(url) })
}

type EndorsementRow = Awaited<ReturnType<typeof endorsementsOf>>[number]

function toEndorsement(row: EndorsementRow, urls: PublicUrls): BadgeEndorsement {
  const isSigned = row.state === 'accepted' && row.signed_text !== null
  return {
    id: row.id,
    state: row.state,
    name: row.name,
    email: row.email,
    comment: row.comment,
    askedAt: row.created_at,
    givenAt: row.given_at,
    credentialUrl: isSigned ? urls.personalEndorsement(row.id) : null,
  }
}
