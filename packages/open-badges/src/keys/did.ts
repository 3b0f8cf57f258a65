import { OpenBadgesError } from '../errors.js'

const DID_FILE = '/did.json'
const WELL_KNOWN = '/.well-known/did.json'

/** The `did:web` identifier of an HTTPS address, with or without its `did.json` (did:web, 3.1). */
export function didWeb(url: string): string {
  const { host, pathname } = new URL(url)
  const path = stripFile(pathname)
  const segments = path.split('/').filter((segment) => segment !== '')
  return ['did:web', encodeURIComponent(host), ...segments.map(encodeSegment)].join(':')
}

/**
 * The address of the document behind a `did:web` identifier (did:web, 3.2 Read).
 *
 * HTTPS, but for a machine's own `localhost`. Throws `ERR_OB_INPUT` for another identifier.
 */
export function didWebUrl(did: string): string {
  const [scheme, method, host, ...segments] = withoutFragment(did).split(':')
  if (scheme !== 'did' || method !== 'web' || host === undefined || !isHost(host)) {
    throw new OpenBadgesError('ERR_OB_INPUT', `Not a did:web identifier: ${did}`)
  }
  if (!segments.every(isSegment)) {
    throw new OpenBadgesError('ERR_OB_INPUT', `The did:web identifier has an unsafe path: ${did}`)
  }
  const authority = host.replace(/%3a/i, ':')
  const file = segments.length === 0 ? WELL_KNOWN : `/${segments.join('/')}${DID_FILE}`
  return `${isLocal(authority) ? 'http' : 'https'}://${authority}${file}`
}

/** True for `did:web:…`, with or without a fragment. */
export function isDidWeb(id: string): boolean {
  return id.startsWith('did:web:')
}

/** The public key inside a `did:key:z…` identifier, or undefined (did:key, 3.1). */
export function didKeyMultibase(id: string): string | undefined {
  const match = /^did:key:(z(?:6Mk|Dn|82)[1-9A-HJ-NP-Za-km-z]{40,80})$/.exec(id)
  return match?.[1]
}

/** An identifier without its `#fragment`. */
export function withoutFragment(id: string): string {
  const hash = id.indexOf('#')
  return hash < 0 ? id : id.slice(0, hash)
}

function stripFile(pathname: string): string {
  if (pathname === WELL_KNOWN) return ''
  return pathname.endsWith(DID_FILE) ? pathname.slice(0, -DID_FILE.length) : pathname
}

// A colon separates segments in the identifier, so one inside a segment is written %3A.
function encodeSegment(segment: string): string {
  return segment.replaceAll(':', '%3A')
}

// Only the port may be percent-encoded, so no identifier can smuggle in credentials or a path.
function isHost(host: string): boolean {
  return /^[A-Za-z0-9.-]+(%3[Aa]\d{1,5})?$/.test(host)
}

function isSegment(segment: string): boolean {
  return /^(?!\.{1,2}$)(?!.*%2[EFef])[\w.~%!$&'()*+,;=@-]+$/.test(segment)
}

// A development server has no certificate; everything else must be HTTPS.
function isLocal(authority: string): boolean {
  return /^(localhost|127\.0\.0\.1)(:\d+)?$/i.test(authority)
}
