/** What an address answered. */
export type GuardedAnswer = {
  readonly bytes: Uint8Array
  /** The media type without its parameters, in lower case; empty when none was given. */
  readonly type: string
  /** The address that answered in the end, after redirects. */
  readonly url: string
}

/** Where one may go, and how far. */
export type GuardOptions = {
  /** Hosts, as `name` or `name:port`, that may be in a private network. */
  readonly allowHosts?: readonly string[]
  /** Milliseconds for the whole of it, redirects included; 10,000 unless told. */
  readonly timeout?: number
  /** Bytes of an answer; 4 MB unless told. */
  readonly maxBytes?: number
  readonly maxRedirects?: number
  readonly userAgent?: string
  /** Bytes of answers that are remembered for as long as they allow; 0 remembers nothing. */
  readonly cacheBytes?: number
  readonly now?: () => Date
}

/** Fetches an address; throws `GuardedFetchError`. */
export type GuardedFetch = (
  url: string,
  request?: { readonly accept?: string },
) => Promise<GuardedAnswer>

/** Makes a fetch that goes to public addresses only. */
export function createGuardedFetch(_options: GuardOptions = {}): GuardedFetch {
  throw new Error('to be written')
}
