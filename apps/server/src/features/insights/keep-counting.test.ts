import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { keepCounting } from './keep-counting.js'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

function slowCount(ms: number) {
  const seen: string[] = []
  const count = keepCounting(
    () => new Date(),
    async (key) => {
      seen.push(key)
      await new Promise((resolve) => setTimeout(resolve, ms))
      return seen.length
    },
  )
  return { count, seen }
}

describe('a count that takes long', () => {
  it('is made once for all who ask at once, and kept for a minute', async () => {
    const { count, seen } = slowCount(100)
    const asked = Promise.all([count('a'), count('a'), count('a')])
    await vi.advanceTimersByTimeAsync(100)
    expect((await asked).map(({ value }) => value)).toEqual([1, 1, 1])
    await vi.advanceTimersByTimeAsync(59_000)
    expect((await count('a')).value).toBe(1)
    expect(seen).toEqual(['a'])
  })

  it('is told as it was, while it is made anew', async () => {
    const { count } = slowCount(100)
    const first = count('a')
    await vi.advanceTimersByTimeAsync(100)
    await first
    await vi.advanceTimersByTimeAsync(61_000)
    expect((await count('a')).value).toBe(1)
    await vi.advanceTimersByTimeAsync(100)
    expect((await count('a')).value).toBe(2)
  })

  it('goes on when somebody has waited long enough, and is there for the next', async () => {
    const { count, seen } = slowCount(30_000)
    const refused = expect(count('a')).rejects.toThrow('Ask again in a minute')
    await vi.advanceTimersByTimeAsync(20_000)
    await refused
    await vi.advanceTimersByTimeAsync(10_000)
    expect((await count('a')).value).toBe(1)
    expect(seen).toEqual(['a'])
  })

  it('waits for its turn, so that the database has one of them at a time', async () => {
    const { count, seen } = slowCount(100)
    const both = Promise.all([count('a'), count('b')])
    await vi.advanceTimersByTimeAsync(50)
    expect(seen).toEqual(['a'])
    await vi.advanceTimersByTimeAsync(150)
    expect((await both).map(({ value }) => value)).toEqual([1, 2])
  })

  it('that failed is made again', async () => {
    let tries = 0
    const count = keepCounting(
      () => new Date(),
      async () => {
        tries += 1
        if (tries === 1) throw new Error('away')
        return tries
      },
    )
    await expect(count('a')).rejects.toThrow('away')
    await vi.advanceTimersByTimeAsync(1)
    expect((await count('a')).value).toBe(2)
  })
})
