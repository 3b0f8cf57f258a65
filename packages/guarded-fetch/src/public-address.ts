import { isIP, isIPv4 } from 'node:net'
import ipaddr from 'ipaddr.js'

/** Answers inside the machines of a large cloud, though its number looks public. */
const hostOfCloud = '168.63.129.16'

/**
 * Whether an IP address belongs to the public Internet, so that asking it tells a stranger nothing
 * about our network. What is not certainly public is not.
 */
export function isPublicAddress(address: string): boolean {
  if (isIP(address) === 0) return false
  const text = isIPv4(address) ? address : toHexadecimal(address)
  if (text === undefined) return false
  const parsed = ipaddr.process(text)
  if (parsed.range() !== 'unicast') return false
  if (parsed instanceof ipaddr.IPv4) return parsed.toString() !== hostOfCloud
  // Only 2000::/3 is given out (RFC 4291, 2.4); `::a.b.c.d` lies outside and hides an IPv4 address.
  return ((parsed.parts[0] ?? 0) & 0xe000) === 0x2000
}

// The parser takes `::a.b.c.d` for `::ffff:a.b.c.d`, which is another address. A zone is no address.
function toHexadecimal(address: string): string | undefined {
  const url = `http://[${address}]`
  return URL.canParse(url) ? new URL(url).hostname.slice(1, -1) : undefined
}
