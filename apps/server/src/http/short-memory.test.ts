import { setTimeout as pass } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { rememberBriefly } from './short-memory.js'

function counting() {
  let reads = 0
  return async (id: string) => {
    reads += 1
    if (id === 'bad') throw new Error(`failed ${reads}`)
    return `${id} ${reads}`
  }
}

describe('a short memory', () => {
  it('reads once for all who ask within the time, and again afterwards', async () => {
    const at = rememberBriefly(20, counting())
    expect(await Promise.all([at('a'), at('a'), at('b')])).toEqual(['a 1', 'a 1', 'b 2'])
    await pass(30)
    expect(await at('a')).toBe('a 3')
  })

  it('does not remember a failure', async () => {
    const at = rememberBriefly(60_000, counting())
    await expect(at('bad')).rejects.toThrow('failed 1')
    await expect(at('bad')).rejects.toThrow('failed 2')
  })

  it('of no time remembers nothing', async () => {
    const at = rememberBriefly(0, counting())
    expect([await at('a'), await at('a')]).toEqual(['a 1', 'a 2'])
  })
})
