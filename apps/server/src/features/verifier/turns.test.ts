import { expect, it } from 'vitest'
import { createTurns } from './turns.js'

function aJob() {
  let finish: (text: string) => void = () => {}
  let begun = false
  const done = new Promise<string>((resolve) => {
    finish = resolve
  })
  const work = () => {
    begun = true
    return done
  }
  return { work, finish, hasBegun: () => begun }
}

it('lets as many go on at once as it may, and the next when one has ended', async () => {
  const inTurn = createTurns({ atOnce: 1, waiting: 1 })
  const [first, second] = [aJob(), aJob()]
  const answers = [inTurn(first.work), inTurn(second.work)]
  expect([first.hasBegun(), second.hasBegun()]).toEqual([true, false])
  first.finish('one')
  await answers[0]
  await Promise.resolve()
  expect(second.hasBegun()).toBe(true)
  second.finish('two')
  expect(await Promise.all(answers)).toEqual(['one', 'two'])
})

it('refuses what no longer fits into the line, and takes work again afterwards', async () => {
  const inTurn = createTurns({ atOnce: 1, waiting: 0 })
  const job = aJob()
  const answer = inTurn(job.work)
  await expect(inTurn(async () => 'late')).rejects.toMatchObject({ code: 'overloaded' })
  job.finish('done')
  expect(await answer).toBe('done')
  expect(await inTurn(async () => 'later')).toBe('later')
})

it('hands the turn on when work fails', async () => {
  const inTurn = createTurns({ atOnce: 1, waiting: 5 })
  const failing = inTurn(async () => {
    throw new Error('no')
  })
  const next = inTurn(async () => 'yes')
  await expect(failing).rejects.toThrow('no')
  expect(await next).toBe('yes')
})
