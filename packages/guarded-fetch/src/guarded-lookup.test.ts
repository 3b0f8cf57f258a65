import type { LookupAddress } from 'node:dns'
import { describe, expect, it } from 'vitest'
import { guardResolve, toLookup } from './guarded-lookup.js'

function lookUp(lookup: ReturnType<typeof toLookup>, all: boolean) {
  return new Promise<string | LookupAddress[]>((resolve, reject) => {
    lookup('badges.example', { all }, (error, address) =>
      error ? reject(error) : resolve(address),
    )
  })
}

describe('the numbers of a name', () => {
  it('are those that were checked, one look for one connection', async () => {
    const answers = ['8.8.8.8', '10.0.0.5'].map((address) => [{ address, family: 4 }])
    const lookup = toLookup(guardResolve(async () => answers.shift() ?? []))
    expect(await lookUp(lookup, true)).toEqual([{ address: '8.8.8.8', family: 4 }])
    await expect(lookUp(lookup, true)).rejects.toMatchObject({ code: 'ERR_GUARD_PRIVATE' })
    await expect(lookUp(lookup, true)).rejects.toMatchObject({ code: 'ENOTFOUND' })
  })

  it('are one where a socket wants one', async () => {
    const found = [
      { address: '2606:4700::1111', family: 6 },
      { address: '8.8.8.8', family: 4 },
    ]
    expect(await lookUp(toLookup(guardResolve(async () => found)), false)).toBe('2606:4700::1111')
  })

  it('are not told when one of them is private', async () => {
    const found = [
      { address: '8.8.8.8', family: 4 },
      { address: 'fd00::1', family: 6 },
    ]
    const refused = lookUp(toLookup(guardResolve(async () => found)), false)
    await expect(refused).rejects.toMatchObject({
      code: 'ERR_GUARD_PRIVATE',
      message: expect.not.stringContaining('fd00'),
    })
  })
})
