const hour = 60 * 60 * 1000
const day = 24 * hour

/** How often in a row nobody may answer, or a badge may fail, before it is shown so. */
export const mostMisses = 3

type Checked = {
  readonly verdict: string
  /** Since when the badge has been here. */
  readonly since: string
  readonly misses: number
  readonly now: Date
  /** From 0 to 1. */
  readonly random: () => number
}

/**
 * When a badge is verified again: after a day, from the first week on weekly, then monthly. Where nobody
 * answered, soon, and then later and later. What was taken back stays so.
 */
export function nextCheckAt({ verdict, since, misses, now, random }: Checked): string | null {
  if (verdict === 'revoked' && misses === 0) return null
  const age = now.getTime() - Date.parse(since)
  const usual = age < 7 * day ? day : age < 35 * day ? 7 * day : 30 * day
  const pause = misses === 0 ? usual : Math.min(7 * day, hour * 4 ** (misses - 1))
  // Apart, so that what came in together does not ask one issuer at one time.
  const spread = 1 + random() / 10
  return new Date(now.getTime() + pause * spread).toISOString()
}
