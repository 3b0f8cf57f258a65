import { createHmac, createPrivateKey, hkdfSync } from 'node:crypto'

// What stands before the 32 bytes of an Ed25519 key in its usual file (RFC 8410, 7).
const pkcs8 = Buffer.from('302e020100300506032b657004220420', 'hex')

/** The keys of the OAuth server. They follow from the master key, and so are stored nowhere. */
export function deriveOAuthKeys(masterKey: Buffer) {
  const derive = (what: string) =>
    Buffer.from(hkdfSync('sha256', masterKey, '', `rosette oauth ${what}`, 32))
  const consent = derive('consent')
  const der = Buffer.concat([pkcs8, derive('signing')])
  const signing = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
  return {
    cookies: derive('cookies').toString('base64url'),
    // The server insists on one, though it never signs: only opaque tokens are handed out.
    jwk: { ...signing.export({ format: 'jwk' }), alg: 'EdDSA', use: 'sig' },
    /** Shows that a browser is the one in which a question was asked. */
    browserProof: (uid: string) => createHmac('sha256', consent).update(uid).digest('base64url'),
  }
}

export type OAuthKeys = ReturnType<typeof deriveOAuthKeys>
