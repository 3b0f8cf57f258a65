/** What is known about the tries of one account that went wrong. */
export type Tries = { readonly failed: number; readonly nextAt: string | null }

const free = 4
const longestMs = 15 * 60_000
const forgottenAfterMs = 60 * 60_000

/** Whether one more try may be made, and what to remember if it goes wrong. */
export function nextTry(
  { failed, nextAt }: Tries,
  now: Date,
):
  | { readonly mayTry: true; readonly tries: Tries }
  | { readonly mayTry: false; readonly from: string } {
  const wait = nextAt === null ? 0 : Date.parse(nextAt) - now.getTime()
  if (nextAt !== null && wait > 0) return { mayTry: false, from: nextAt }
  const count = -wait > forgottenAfterMs ? 1 : failed + 1
  const delay = count <= free ? 0 : Math.min(longestMs, 1000 * 2 ** (count - free))
  const next = delay === 0 ? null : new Date(now.getTime() + delay).toISOString()
  return { mayTry: true, tries: { failed: count, nextAt: next } }
}
