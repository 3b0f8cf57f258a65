import { type ErrorCode, OpenBadgesError } from '../errors.js'
import { isJsonObject, type JsonObject } from '../json/json.js'
import type { Documents } from '../keys/resolve-key.js'
import { failedBy } from '../report/checks.js'
import type { Check } from '../report/report.js'
import { fetchServed, hostOf, identifierOf, isUrl } from './assertion-documents.js'
import { checkScope } from './check-scope.js'

/** What an assertion leads to: the badge that was earned, and who issues it. */
export type Graph = {
  readonly badgeClass: JsonObject
  readonly issuer: JsonObject
  /** Why there is no more of it. */
  readonly problem?: Check
}

/** Follows an assertion to its BadgeClass and from there to the issuer (OB 2.0, Verification). */
export async function fetchGraph(assertion: JsonObject, documents: Documents): Promise<Graph> {
  let badgeClass: JsonObject = {}
  try {
    badgeClass = await fetchBadgeClass(assertion['badge'], documents)
    return { badgeClass, issuer: await fetchIssuer(badgeClass['issuer'], documents) }
  } catch (error) {
    const problem = failedBy('issuer', error, 'ERR_OB_ISSUER_UNREACHABLE')
    return { badgeClass, issuer: {}, problem }
  }
}

async function fetchBadgeClass(badge: unknown, documents: Documents): Promise<JsonObject> {
  // An object that has an address and no name is a link (JSON-LD 1.1, 3.3 node references).
  if (isJsonObject(badge) && (badge['name'] !== undefined || !isUrl(badge['id']))) return badge
  const message = 'The address that describes the badge does not answer; try again later.'
  return await fetchOr(identifierOf(badge) ?? '', documents, {
    code: 'ERR_OB_BADGE_CLASS_UNREACHABLE',
    message,
  })
}

/**
 * True when a BadgeClass that is written inside its assertion names an address on a host that the
 * issuer does not speak for: there may be another BadgeClass there, of somebody else.
 */
export function isForeignClass(
  assertion: JsonObject,
  { badgeClass, issuer, problem }: Graph,
): boolean {
  const isInside = badgeClass === assertion['badge'] && isUrl(badgeClass['id'])
  if (!isInside || problem !== undefined) return false
  const isNeighbour = hostOf(badgeClass['id']) === hostOf(issuer['id'])
  return !isNeighbour && checkScope(badgeClass, issuer).outcome === 'failed'
}

/** The document that an issuer's own address serves (OB 2.0, Profile). */
export async function fetchIssuer(issuer: unknown, documents: Documents): Promise<JsonObject> {
  const id = identifierOf(issuer)
  // In 0.5 the issuer is written inside and has an origin only. Which other hosts or keys speak for
  // it, it may not say there: anybody could write that.
  if (id === undefined && isJsonObject(issuer)) {
    const { type, name, url, email } = issuer
    return { type, name, url, email }
  }
  const message = 'The issuer does not answer, so nobody vouches for the badge; try again later.'
  const problem = { code: 'ERR_OB_ISSUER_UNREACHABLE' as const, message }
  // An embedded issuer is anybody's claim; its own address says which hosts speak for it.
  return await fetchOr(id ?? '', documents, problem)
}

async function fetchOr(
  url: string,
  documents: Documents,
  { code, message }: { code: ErrorCode; message: string },
): Promise<JsonObject> {
  try {
    if (!isUrl(url)) throw new Error('It is no address.')
    return (await fetchServed(url, documents)).document
  } catch (cause) {
    if (cause instanceof OpenBadgesError) throw cause
    throw new OpenBadgesError(code, message, { cause })
  }
}
