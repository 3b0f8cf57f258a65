import { describe, expect, it } from 'vitest'
import { createStatusBits, encodeStatusList } from './status-bits.js'
import { buildStatusListCredential, statusEntry } from './status-list.js'

const list = {
  id: 'https://badges.example/status/1',
  issuer: 'https://badges.example/issuers/1',
  statusPurpose: 'revocation' as const,
  encodedList: encodeStatusList(createStatusBits()),
  validFrom: '2026-01-01T00:00:00Z',
}

describe('a status list', () => {
  it.each<[string, object]>([
    ['validFrom', { validFrom: 'today' }],
    ['validUntil', { validUntil: '2026-01-01' }],
    ['ttl', { ttl: 0.5 }],
    ['ttl', { ttl: -1 }],
    ['encodedList', { encodedList: 'H4sIAAAA' }],
  ])('is not built with a wrong %s', (name, wrong) => {
    expect(() => buildStatusListCredential({ ...list, ...wrong })).toThrow(
      expect.objectContaining({
        code: 'ERR_OB_INPUT',
        message: expect.stringMatching(new RegExp(`^${name} must be`)),
      }),
    )
  })

  it.each([-1, 0.5, Number.NaN])('has no entry number %s', (index) => {
    const entry = { listUrl: list.id, index, purpose: 'revocation' as const }
    expect(() => statusEntry(entry)).toThrow(expect.objectContaining({ code: 'ERR_OB_INPUT' }))
  })
})
