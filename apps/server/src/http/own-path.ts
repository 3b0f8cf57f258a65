/** The parts of the site that a link or a sign-in may lead to. */
const areas = /^\/(console|backpack)(\/|$)/

/** A path below the base address, if it is one of ours; an address in a link decides nothing else. */
export function ownPath(to: string): string | undefined {
  const isOdd = !to.startsWith('/') || /[\\\p{Cc}]/u.test(to) || !URL.canParse(to, 'http://here')
  if (isOdd) return undefined
  const { origin, pathname, search, hash } = new URL(to, 'http://here')
  const isOurs = origin === 'http://here' && areas.test(pathname)
  return isOurs ? `${pathname}${search}${hash}` : undefined
}
