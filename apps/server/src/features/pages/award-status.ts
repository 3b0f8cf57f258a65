import { providerNames } from '@rosette/providers'
import type { AwardView } from './page-views.js'

/** How an award stands, by what is stored of it. */
export type AwardStatus =
  | { readonly is: 'valid' }
  | { readonly is: 'expired'; readonly at: string }
  | { readonly is: 'signing' }
  | { readonly is: 'delayed' }
  /** It lives at a provider, waits there for its learner, is on its way there, or cannot get there. */
  | { readonly is: 'there' | 'to-accept' | 'coming' | 'held-up'; readonly provider: string }
  | { readonly is: 'ended-there'; readonly provider: string; readonly at: string | null }
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
  | 'provider'
  | 'isToAccept'
  | 'endedAt'
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
  if (award.provider !== null && award.issuance === 'revoked') {
    return { is: 'ended-there', provider: providerNames[award.provider], at: award.endedAt }
  }
  const { expiresAt } = award
  if (expiresAt !== null && Date.parse(expiresAt) <= now.getTime()) {
    return { is: 'expired', at: expiresAt }
  }
  if (award.provider !== null) return statusThere(award, providerNames[award.provider])
  if (award.signedText !== null) return { is: 'valid' }
  return { is: award.issuance === 'stopped' ? 'delayed' : 'signing' }
}

function statusThere({ issuance, isToAccept }: Facts, provider: string): AwardStatus {
  if (issuance === 'issued') return { is: isToAccept ? 'to-accept' : 'there', provider }
  return { is: issuance === 'stopped' ? 'held-up' : 'coming', provider }
}
