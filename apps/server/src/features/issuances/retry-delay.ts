const firstMs = 5000
const mostMs = 3_600_000

/** Tries of one issuance, with their growing delays about half a day, before it waits for a person. */
export const mostTries = 20

/**
 * How long to wait after this many tries: five seconds, doubled each time up to an hour, and give or
 * take a half, so that what failed together is not tried again together. `random` is in [0, 1).
 */
export function retryDelay(tries: number, random: number): number {
  const ms = Math.min(mostMs, firstMs * 2 ** Math.min(30, Math.max(0, tries - 1)))
  return Math.round(ms * (0.5 + random))
}
