import { isIPv6 } from 'node:net'
import { GuardedFetchError } from './guarded-fetch-error.js'

/** Whether the host of an address was named as one that may be in a private network. */
export type IsAllowed = (url: URL) => boolean

/** Reads `name` and `name:port`; throws `ERR_GUARD_ADDRESS` for what is neither. */
export function parseAllowedHosts(entries: readonly string[]): IsAllowed {
  const allowed = new Set(entries.map(parseEntry))
  return (url) => allowed.has(url.hostname) || allowed.has(`${url.hostname}:${portOf(url)}`)
}

/** The port that is asked, written or not. */
export function portOf({ port, protocol }: URL): number {
  if (port !== '') return Number(port)
  return protocol === 'https:' ? 443 : 80
}

function parseEntry(entry: string): string {
  const [, host = '', port] = /^(\[[^\]]*\]|[^:]*)(?::(\d{1,5}))?$/.exec(bracketed(entry)) ?? []
  const isPlain = host !== '' && !/[/?#@\\\s]/.test(host)
  // The same reading as that of an address, so that both write one host alike.
  const url = `http://${host}`
  if (!isPlain || !URL.canParse(url) || Number(port ?? 0) > 65_535) {
    const message = `"${entry}" is no host. Write name, or name:port.`
    throw new GuardedFetchError('ERR_GUARD_ADDRESS', message)
  }
  const { hostname } = new URL(url)
  return port === undefined ? hostname : `${hostname}:${Number(port)}`
}

function bracketed(entry: string): string {
  return isIPv6(entry) ? `[${entry}]` : entry
}
