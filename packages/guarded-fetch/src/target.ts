import { isIP } from 'node:net'
import { type IsAllowed, portOf } from './allowed-hosts.js'
import { GuardedFetchError } from './guarded-fetch-error.js'
import { isPublicAddress } from './public-address.js'

/** Longer ones are no addresses of documents, and some servers cut them. */
const mostCharacters = 8000

/** Reads an address that may be asked; throws `ERR_GUARD_ADDRESS` with the reason why not. */
export function parseTarget(address: string, base?: string): URL {
  const isShort = address.length <= mostCharacters
  if (!isShort || !URL.canParse(address, base)) throw refused(`${quoted(address)} is no address.`)
  const url = new URL(address, base)
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw refused(`${quoted(address)} is no http or https address.`)
  }
  if (url.username !== '' || url.password !== '') {
    throw refused(`The address at ${url.host} holds a name or password. Take it out.`)
  }
  url.hash = ''
  return url
}

/**
 * Refuses what can be told from the address alone. A name is looked at again when it is resolved,
 * where the numbers that are checked are the ones that are connected to.
 */
export function assertTarget(url: URL, isAllowed: IsAllowed): void {
  if (isAllowed(url)) return
  const host = hostOf(url)
  if (isIP(host) !== 0 && !isPublicAddress(host)) throw refusePrivate(url.hostname)
  // Below 1024 lie the other services of a host, which are not to be poked at for a stranger.
  const port = portOf(url)
  if (port < 1024 && port !== 80 && port !== 443) {
    throw refused(`${url.host} names a port of another service. Use 80, 443, or one from 1024 on.`)
  }
}

/** The host without the brackets around an IPv6 address. */
export function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[|\]$/g, '')
}

/** Names the host as it was written, never the number behind it: that is no stranger's business. */
export function refusePrivate(host: string): GuardedFetchError {
  const message = `${host} is in a private network, which is not asked for strangers. Use a public address, or allow this host by name.`
  return new GuardedFetchError('ERR_GUARD_PRIVATE', message)
}

/** An address for people: without its query, which may hold secrets, and not endless. */
export function nameOf({ host, pathname }: URL): string {
  return cut(pathname === '/' ? host : `${host}${pathname}`)
}

function quoted(text: string): string {
  return JSON.stringify(cut(text))
}

function cut(text: string): string {
  return text.length <= 200 ? text : `${text.slice(0, 200)}…`
}

function refused(message: string): GuardedFetchError {
  return new GuardedFetchError('ERR_GUARD_ADDRESS', message)
}
