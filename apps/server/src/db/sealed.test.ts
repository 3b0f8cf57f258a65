import { describe, expect, it } from 'vitest'
import { seal, unseal } from './sealed.js'

describe('a sealed secret', () => {
  const masterKey = Buffer.alloc(32, 1)
  const sealed = seal('z3u2secret', 'issuer key z6MkA', masterKey)

  it('opens with the master key and the name it was sealed for', () => {
    expect(unseal(sealed, 'issuer key z6MkA', masterKey)).toBe('z3u2secret')
  })

  it('does not show the secret', () => {
    expect(sealed.includes('z3u2secret')).toBe(false)
  })

  it('does not open in the place of another', () => {
    expect(() => unseal(sealed, 'issuer key z6MkB', masterKey)).toThrow('cannot be unsealed')
  })

  it('does not open with another master key', () => {
    expect(() => unseal(sealed, 'issuer key z6MkA', Buffer.alloc(32, 2))).toThrow('master key')
  })

  it('does not open when any byte was changed', () => {
    for (const at of sealed.keys()) {
      const changed = Buffer.from(sealed)
      changed[at] = (changed[at] ?? 0) ^ 1
      expect(() => unseal(changed, 'issuer key z6MkA', masterKey)).toThrow('cannot be unsealed')
    }
  })
})
