import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto'

type Deps = {
  readonly masterKey: Buffer
  readonly now: () => Date
  /** Below which path the cookie is sent. */
  readonly path: string
  /** Whether people come over https only. */
  readonly isSecure: boolean
}

const cookieName = 'rosette_admin'
const lifetimeSeconds = 12 * 3600

/**
 * Sessions of administrators, kept by their browsers: which token opened it and until when, under a MAC
 * that only this installation can make. Whether that token still holds is asked for on every request.
 */
export function createSessions({ masterKey, now, path, isSecure }: Deps) {
  const key = Buffer.from(hkdfSync('sha256', masterKey, '', 'rosette admin session', 32))
  const attributes = `Path=${path}; HttpOnly; SameSite=Strict${isSecure ? '; Secure' : ''}`

  /** The cookie of a new session. */
  function start(tokenId: string): string {
    const content = `${tokenId}.${now().getTime() + lifetimeSeconds * 1000}`
    const value = `${content}.${macOf(content)}`
    return `${cookieName}=${value}; Max-Age=${lifetimeSeconds}; ${attributes}`
  }

  /** The token by which the session was opened; undefined when there is none in force. */
  function read(header: string | undefined): string | undefined {
    const [tokenId = '', until = '', mac = ''] = valueIn(header).split('.')
    if (!isSame(mac, macOf(`${tokenId}.${until}`))) return undefined
    return Number(until) > now().getTime() ? tokenId : undefined
  }

  function macOf(content: string): string {
    return createHmac('sha256', key).update(content).digest('base64url')
  }

  return { start, read, end: () => `${cookieName}=; Max-Age=0; ${attributes}` }
}

export type Sessions = ReturnType<typeof createSessions>

function valueIn(header = ''): string {
  const begin = `${cookieName}=`
  const cookies = header.split(';').map((text) => text.trim())
  return cookies.find((cookie) => cookie.startsWith(begin))?.slice(begin.length) ?? ''
}

function isSame(given: string, right: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(right)]
  return a.length === b.length && timingSafeEqual(a, b)
}
