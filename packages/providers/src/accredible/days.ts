const msPerDay = 86_400_000

/** The day in UTC, as Accredible keeps dates: YYYY-MM-DD. */
export function dayOf(time: string | Date): string {
  return new Date(time).toISOString().slice(0, 10)
}

/**
 * The last day of a credential that was revoked then, so that it is over now. A credential may live
 * to the end of its last day, so that day is never today or later.
 */
export function lastDayOf(revokedAt: string, now: Date): string {
  const yesterday = dayOf(new Date(now.getTime() - msPerDay))
  const revoked = dayOf(revokedAt)
  return revoked < yesterday ? revoked : yesterday
}
