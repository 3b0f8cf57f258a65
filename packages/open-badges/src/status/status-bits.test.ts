import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  createStatusBits,
  decodeStatusList,
  encodeStatusList,
  getStatus,
  setStatus,
} from './status-bits.js'

const EMPTY = 'uH4sIAAAAAAAAA-3BMQEAAADCoPVPbQwfoAAAAAAAAAAAAAAAAAAAAIC3AYbSVKsAQAAA'
const ONLY_23 = 'uH4sIAAAAAAAA_-3BMQEAAAzDoMy_6cnoA9QFAAAAAAAAAAAAAAAAAAAAbD3uPa2cAEAAAA'

describe('a status list', () => {
  it('reads the all-zero list of the specification', () => {
    expect(decodeStatusList(EMPTY)).toEqual(Buffer.from(createStatusBits()))
  })

  it('counts entries from the leftmost bit, as the specification example shows', () => {
    const bits = decodeStatusList(ONLY_23)
    const set = Array.from({ length: 200 }, (_, index) => index).filter((i) => getStatus(bits, i))
    expect(set).toEqual([23])
  })

  it('remembers exactly what was set and unset', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(131_071), { maxLength: 50 }), fc.nat(49), (set, drop) => {
        const bits = createStatusBits()
        for (const index of set) setStatus(bits, index, 1)
        const dropped = set[drop % Math.max(1, set.length)]
        if (dropped !== undefined) setStatus(bits, dropped, 0)
        const read = decodeStatusList(encodeStatusList(bits))
        for (const index of set) expect(getStatus(read, index)).toBe(index === dropped ? 0 : 1)
        expect(read.reduce((sum, byte) => sum + byte.toString(2).replace(/0/g, '').length, 0)).toBe(
          Math.max(0, set.length - 1),
        )
      }),
      { numRuns: 30 },
    )
  })

  it.each([-1, 131_072, 1.5, Number.NaN])('has no entry %s', (index) => {
    expect(() => getStatus(createStatusBits(), index)).toThrow(
      expect.objectContaining({ code: 'ERR_OB_STATUS_RANGE' }),
    )
  })

  it('refuses a gzip bomb', () => {
    const bomb = `u${gzipSync(Buffer.alloc(64 * 1024 * 1024)).toString('base64url')}`
    expect(() => decodeStatusList(bomb)).toThrow(
      expect.objectContaining({ code: 'ERR_OB_STATUS_LIST' }),
    )
  })

  it.each(['', 'u', 'uAAAA', EMPTY.slice(1), `${EMPTY}=`])('refuses the text "%s"', (text) => {
    expect(() => decodeStatusList(text)).toThrow(
      expect.objectContaining({ code: 'ERR_OB_STATUS_LIST' }),
    )
  })
})
