import { createGuardedFetch, GuardedFetchError } from '@rosette/guarded-fetch'
import { cannot } from './command-error.js'

/** Answers an address with what is there, or throws. */
export type Documents = (address: string) => Promise<unknown>

export type WebOptions = {
  /** Hosts that may be in a private network, besides this machine. */
  readonly allowHosts: readonly string[]
  /** Told once of each host that was not asked because it is in a private network. */
  readonly onRefused: (sentence: string) => void
}

/** Who sits at this machine may ask it anything anyway. */
const thisMachine = ['localhost', '127.0.0.1', '[::1]']

const json = 'application/json, application/ld+json, application/vc, application/vc+jwt'
const images = 'image/png, image/svg+xml'

/** Documents from the web: JSON as its value, other text as it is, and everything else as bytes. */
export function createWebDocuments({ allowHosts, onRefused }: WebOptions) {
  const fetch = createFetch([...thisMachine, ...allowHosts])
  const told = new Set<string>()

  async function fetchBytes(address: string): Promise<Uint8Array> {
    try {
      return (await fetch(address, { accept: `${json}, ${images};q=0.9, */*;q=0.1` })).bytes
    } catch (error) {
      if (!(error instanceof GuardedFetchError) || error.code !== 'ERR_GUARD_PRIVATE') throw error
      const sentence = `${error.message} To allow it here, name it with --allow-host <host>.`
      if (!told.has(sentence)) onRefused(sentence)
      told.add(sentence)
      throw error
    }
  }

  return { fetchBytes, fetchDocument: async (address: string) => read(await fetchBytes(address)) }
}

function createFetch(allowHosts: readonly string[]) {
  try {
    return createGuardedFetch({ allowHosts })
  } catch (error) {
    if (error instanceof GuardedFetchError) throw cannot(`--allow-host: ${error.message}`, error)
    throw error
  }
}

function read(bytes: Uint8Array): unknown {
  const text = decode(bytes)
  if (text === undefined) return bytes
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

/** Answers from a map of addresses instead of the network; a fragment need not be in it. */
export function documentsFrom(map: Readonly<Record<string, unknown>>): Documents {
  return async (address) => {
    const plain = address.replace(/#.*$/, '')
    const found = [address, plain].find((candidate) => Object.hasOwn(map, candidate))
    if (found === undefined) throw new Error(`${address} is not among the given documents`)
    return map[found]
  }
}
