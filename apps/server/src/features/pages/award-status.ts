import type { AwardView } from './page-views.js'

/** How an award stands, by what is stored of it. */
export type AwardStatus =
  | { readonly is: 'valid' }
  | { readonly is: 'expired'; readonly at: string }
  | { readonly is: 'signing' }
  | { readonly is: 'delayed' }
  | { readonly is: 'revoked'; readonly at: string; readonly reason: string | null }

type Facts = Pick<
  AwardView,
  | 'status'
  | 'revokedAt'
  | 'revocationReason'
  | 'expiresAt'
  | 'signedText'
  | 'issuance'
  | 'awardedAt'
>

/** A revocation outweighs an end date, and an end date outweighs a signature that is still to come. */
export function awardStatus(award: Facts, now: Date): AwardStatus {
  if (award.status === 'revoked') {
    return {
      is: 'revoked',
      at: award.revokedAt ?? award.awardedAt,
      reason: award.revocationReason,
    }
  }
  const { expiresAt } = award
  if (expiresAt !== null && Date.parse(expiresAt) <= now.getTime()) {
    return { is: 'expired', at: expiresAt }
  }
  if (award.signedText !== null) return { is: 'valid' }
  return { is: award.issuance === 'stopped' ? 'delayed' : 'signing' }
}
