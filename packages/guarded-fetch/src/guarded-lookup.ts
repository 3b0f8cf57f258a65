import { lookup } from 'node:dns/promises'
import type { LookupFunction } from 'node:net'
import { isPublicAddress } from './public-address.js'
import { refusePrivate } from './target.js'

/** Every number behind a name; `family` is 4 or 6. */
export type Resolve = (
  hostname: string,
) => Promise<readonly { readonly address: string; readonly family: number }[]>

/** Asks as every other program on this machine does, its hosts file included. */
export async function resolveBySystem(hostname: string) {
  return await lookup(hostname, { all: true, verbatim: true })
}

/**
 * Refuses a name with a private number behind it, even among public ones. Given to a socket, this
 * leaves no gap: the numbers that are checked are the ones that it connects to.
 */
export function guardResolve(resolve: Resolve): Resolve {
  return async (hostname) => {
    const found = await resolve(hostname)
    if (!found.every(({ address }) => isPublicAddress(address))) throw refusePrivate(hostname)
    return found
  }
}

/** In the form that sockets call. */
export function toLookup(resolve: Resolve): LookupFunction {
  return (hostname, { all }, callback) => {
    resolve(hostname)
      .then(assertFound)
      .then(
        (found) => {
          if (all) callback(null, [...found])
          else callback(null, found[0].address, found[0].family)
        },
        (error) => callback(error, ''),
      )
  }
}

type Found = Awaited<ReturnType<Resolve>>

function assertFound(found: Found): readonly [Found[number], ...Found] {
  const [first, ...rest] = found
  if (first !== undefined) return [first, ...rest]
  throw Object.assign(new Error('The name has no address.'), { code: 'ENOTFOUND' })
}
