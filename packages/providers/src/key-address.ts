const loopback = /^(127(\.\d+){3}|\[::1\]|localhost|.+\.localhost)$/
/** One label and no dot: a container or a machine next to ours. An IPv6 address has no dot either. */
const neighbour = /^[^.[\]]+$/

/**
 * Why a key must not be sent to this address, as the end of a sentence; undefined when it may. Without
 * TLS it would cross the network in clear, so that is for this machine and its neighbours only.
 */
export function faultOfKeyAddress(address: string): string | undefined {
  const url = URL.canParse(address) ? new URL(address) : undefined
  if (url === undefined || !/^https?:$/.test(url.protocol)) return 'is not a web address.'
  if (url.username !== '' || url.password !== '') return 'carries a user name or a password.'
  if (url.search !== '' || url.hash !== '') return 'has a query or a fragment.'
  if (url.protocol === 'https:' || loopback.test(url.hostname)) return undefined
  if (neighbour.test(url.hostname)) return undefined
  return 'would carry the key over the network in clear.'
}
