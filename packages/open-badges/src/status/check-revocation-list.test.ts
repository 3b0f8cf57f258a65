import { describe, expect, it } from 'vitest'
import { checkRevocationList } from './check-revocation-list.js'

describe('a plain list of revoked badges', () => {
  it('is read once for all badges that ask it, however long it is', async () => {
    let read = 0
    const ids = ['urn:a', 'urn:b%20c', 'urn:d']
    const revokedCredential = ids.map((id, i) => ({
      get id() {
        read += 1
        return id
      },
      ...(i === 2 ? { revoked: false } : {}),
    }))
    const url = 'https://badges.example/revoked'
    const list = { id: url, issuer: 'urn:issuer', revokedCredential }
    const question = { issuerId: 'urn:issuer', documents: async () => list, now: new Date(0) }
    const outcome = async (id: string) =>
      (await checkRevocationList({ id: url }, { id }, question)).error ?? 'not revoked'
    const asked = ['urn:a', 'urn:b c', 'urn:d', 'urn:e', 'urn:A']
    const outcomes: string[] = []
    for (const id of asked) outcomes.push(await outcome(id))
    const revoked = 'ERR_OB_REVOKED'
    expect(outcomes).toEqual([revoked, revoked, 'not revoked', 'not revoked', 'not revoked'])
    expect(read).toBe(ids.length)
  })
})
