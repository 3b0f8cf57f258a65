import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

const format = 1
const nonceBytes = 12
const tagBytes = 16

/** Seals a secret with AES-256-GCM. `name` is bound in: sealed for one thing, it opens for no other. */
export function seal(secret: string, name: string, masterKey: Buffer): Buffer {
  const nonce = randomBytes(nonceBytes)
  const cipher = createCipheriv('aes-256-gcm', masterKey, nonce)
  cipher.setAAD(boundTo(name))
  const sealed = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()])
  return Buffer.concat([Buffer.from([format]), nonce, cipher.getAuthTag(), sealed])
}

/** Opens what `seal` made; throws when the master key, the name or a single bit is not the same. */
export function unseal(sealed: Buffer, name: string, masterKey: Buffer): string {
  const body = 1 + nonceBytes + tagBytes
  if (sealed[0] !== format || sealed.length < body) throw cannotOpen(name)
  const nonce = sealed.subarray(1, 1 + nonceBytes)
  const decipher = createDecipheriv('aes-256-gcm', masterKey, nonce, { authTagLength: tagBytes })
  decipher.setAAD(boundTo(name))
  decipher.setAuthTag(sealed.subarray(1 + nonceBytes, body))
  try {
    return Buffer.concat([decipher.update(sealed.subarray(body)), decipher.final()]).toString()
  } catch (cause) {
    throw cannotOpen(name, cause)
  }
}

function boundTo(name: string): Buffer {
  return Buffer.from(`rosette ${name}`)
}

function cannotOpen(name: string, cause?: unknown): Error {
  const remedy = 'Start with the master key under which it was stored.'
  return new Error(`The ${name} cannot be unsealed. ${remedy}`, { cause })
}
