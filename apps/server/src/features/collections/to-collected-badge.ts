import {
  type BackpackBadge,
  type BackpackStatus,
  backpackStatuses,
} from '@rosette/contract/backpack'
import type { PublicUrls } from '../../http/public-urls.js'
import type { CollectedRow } from './collected-badge-views.js'

/** How a badge stands, by what is stored of it. */
export function statusOf(row: CollectedRow, now: Date): BackpackStatus {
  const isOver = row.expiresAt !== null && Date.parse(row.expiresAt) <= now.getTime()
  if (row.awardId === null) return importedStatus(row, isOver)
  if (row.status === 'revoked' || (row.isThere && row.issuance === 'revoked')) return 'revoked'
  if (isOver) return 'expired'
  return (row.isThere ? row.issuance === 'issued' : row.isSigned) ? 'valid' : 'being-issued'
}

function importedStatus({ state, verdict }: CollectedRow, isOver: boolean): BackpackStatus {
  if (state === 'waiting') return 'waiting'
  if (verdict === 'valid' && isOver) return 'expired'
  return backpackStatuses.find((status) => status === verdict) ?? 'unknown'
}

const shown: ReadonlySet<BackpackStatus> = new Set(['valid', 'expired', 'unknown', 'being-issued'])

/** Whether everybody who has the link of a collection sees the badge there. */
export function isShown(row: CollectedRow, now: Date): boolean {
  return row.visibility !== 'private' && !row.isRejected && shown.has(statusOf(row, now))
}

/** Where the page of the badge is, absolute. */
export function pageOf({ awardId, entryId, seed }: CollectedRow, urls: PublicUrls): string {
  return awardId === null ? urls.importedBadge(entryId ?? seed) : urls.assertion(awardId)
}

export function toBackpackBadge(row: CollectedRow, now: Date, urls: PublicUrls): BackpackBadge {
  const url = pageOf(row, urls)
  const status = statusOf(row, now)
  return {
    id: row.awardId ?? row.entryId ?? row.seed,
    origin: row.awardId === null ? 'imported' : 'earned',
    name: row.name,
    description: row.description,
    issuer: { name: row.issuerName, url: row.issuerUrl },
    pictureUrl: row.imageUrl ?? `${urls.local(url)}/image`,
    awardedAt: row.awardedAt,
    expiresAt: row.expiresAt,
    status,
    isNew: row.isNew,
    isHidden: row.isHidden,
    visibility: row.visibility,
    showsName: row.showsName,
    publicUrl: status === 'waiting' ? null : url,
    tags: row.tags,
  }
}
