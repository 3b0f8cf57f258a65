import { expect, it } from 'vitest'
import { nextTry, type Tries } from './try-delay.js'

const start = Date.parse('2026-05-01T08:00:00.000Z')

function triesInARow(count: number) {
  let tries: Tries = { failed: 0, nextAt: null }
  let time = start
  const waits: number[] = []
  for (let i = 0; i < count; i++) {
    const next = nextTry(tries, new Date(time))
    if (!next.mayTry) throw new Error('came too early')
    tries = next.tries
    const until = tries.nextAt === null ? time : Date.parse(tries.nextAt)
    waits.push((until - time) / 1000)
    time = until
  }
  return { tries, waits, time }
}

it('lets a few mistakes pass, then waits ever longer, at most a quarter of an hour', () => {
  expect(triesInARow(16).waits).toEqual([
    0, 0, 0, 0, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900,
  ])
})

it('refuses until the time has come, and forgets what was long ago', () => {
  const { tries, time } = triesInARow(8)
  expect(nextTry(tries, new Date(time - 1))).toEqual({ mayTry: false, from: tries.nextAt })
  expect(nextTry(tries, new Date(time)).mayTry).toBe(true)
  expect(nextTry(tries, new Date(time + 3_600_001))).toEqual({
    mayTry: true,
    tries: { failed: 1, nextAt: null },
  })
})
