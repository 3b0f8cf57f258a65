import type { ProviderBadge } from '@rosette/providers'
import type { Claim } from './claim-repository.js'

const day = 86_400_000
const rank = { live: 0, unpublished: 1, ended: 2 }

/**
 * Of the badges that the learner has there, the one that stands for this award: the one that carries its
 * id, else one issued for the same time, as exactly as the provider keeps it. Where it need not match, any;
 * living ones before ended ones.
 */
export function pickOwn(
  badges: readonly ProviderBadge[],
  claim: Pick<Claim, 'awardId' | 'awardedAt'>,
  { mustMatch }: { readonly mustMatch: boolean },
): ProviderBadge | undefined {
  const ordered = [...badges].sort((a, b) => rank[a.standing] - rank[b.standing])
  const own = ordered.find((badge) => badge.awardId === claim.awardId)
  if (own !== undefined) return own
  // One that carries the id of another award is that one's.
  const unnamed = ordered.filter((badge) => badge.awardId === null)
  const same = unnamed.find((badge) => isSameTime(badge.issuedAt, claim.awardedAt))
  // An ended one of that time is no answer to whether this order arrived.
  if (same !== undefined && (same.standing !== 'ended' || !mustMatch)) return same
  return mustMatch ? undefined : ordered[0]
}

function isSameTime(there: string | null, here: string): boolean {
  if (there === null) return false
  const distance = Math.abs(Date.parse(there) - Date.parse(here))
  const isDay = /^\d{4}-\d{2}-\d{2}(T00:00:00(\.0+)?Z)?$/.test(there)
  return distance < (isDay ? day : 1000)
}
