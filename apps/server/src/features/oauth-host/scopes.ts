const openBadges = 'https://purl.imsglobal.org/spec/ob/v3p0/scope/'
const badgeConnect = 'https://purl.imsglobal.org/spec/ob/v2p1/scope/'

/** What the Open Badges 3.0 API asks for. */
export const openBadgesScopes = {
  read: `${openBadges}credential.readonly`,
  write: `${openBadges}credential.upsert`,
  profile: `${openBadges}profile.readonly`,
} as const

/** The same in Badge Connect 2.1. */
export const badgeConnectScopes = {
  read: `${badgeConnect}assertion.readonly`,
  write: `${badgeConnect}assertion.create`,
  profile: `${badgeConnect}profile.readonly`,
} as const

export const offlineAccess = 'offline_access'

const reads = 'See your badges, private ones too, but not those that you have hidden'
const writes = 'Put badges into your backpack, and replace those that it put there'
const knows = 'See your name and your e-mail address'
const stays = 'Keep this access until you take it away'

/** What each scope lets an application do, in words for whoever is asked. */
const words: Readonly<Record<string, string>> = {
  [openBadgesScopes.read]: reads,
  [openBadgesScopes.write]: writes,
  [openBadgesScopes.profile]: knows,
  [badgeConnectScopes.read]: reads,
  [badgeConnectScopes.write]: writes,
  [badgeConnectScopes.profile]: knows,
  [offlineAccess]: stays,
}

export const allScopes = Object.keys(words)

/** The scopes of a list with spaces that exist here, once each. */
export function knownScopes(list: string): string[] {
  return [...new Set(list.split(/\s+/))].filter((scope) => allScopes.includes(scope))
}

export function inWords(scopes: readonly string[]) {
  return scopes.map((scope) => ({ scope, does: words[scope] ?? scope }))
}
