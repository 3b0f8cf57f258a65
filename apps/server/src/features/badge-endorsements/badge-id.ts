type Document = Readonly<Record<string, unknown>>

/**
 * The id by which a verified badge from elsewhere can be spoken of, if it is its own: where it was found, or below
 * its issuer. Whoever signs a badge can write the id of somebody else's into it.
 */
export function ownIdOf(text: string): string | undefined {
  const [, payload] = /^[\w-]+\.([\w-]+)\.[\w-]+$/.exec(text.trim()) ?? []
  const document = parsed(payload === undefined ? text : unpacked(payload))
  const id = document?.['id']
  if (document === undefined || typeof id !== 'string' || !URL.canParse(id)) return undefined
  const isFound = payload === undefined && isHosted(document)
  const host = hostOf(id)
  return isFound || (host !== undefined && host === issuerHostOf(document)) ? id : undefined
}

// Open Badges 2.0 and before: verifying it has fetched it there.
function isHosted(document: Document): boolean {
  if ('credentialSubject' in document) return false
  const { verification, verify } = document
  return [verification, verify].some((how) => /^(HostedBadge|hosted)$/.test(memberOf(how, 'type')))
}

function issuerHostOf({ issuer, iss }: Document): string | undefined {
  const named = issuer ?? iss
  const id = typeof named === 'string' ? named : memberOf(named, 'id')
  const [, web] = /^did:web:([^:#]+)/.exec(id) ?? []
  return web === undefined ? hostOf(id) : decodeURIComponent(web).toLowerCase()
}

function hostOf(id: string): string | undefined {
  return /^https?:\/\//i.test(id) && URL.canParse(id) ? new URL(id).host : undefined
}

function memberOf(value: unknown, name: string): string {
  const member: unknown = typeof value === 'object' && value !== null && Reflect.get(value, name)
  return typeof member === 'string' ? member : ''
}

function unpacked(part: string): string {
  return Buffer.from(part, 'base64url').toString('utf8')
}

function parsed(text: string): Document | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? { ...value } : undefined
  } catch {
    // Old badges are told by their page.
    return undefined
  }
}
