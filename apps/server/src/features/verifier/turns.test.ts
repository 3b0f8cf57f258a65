import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createTurns } from './turns.js'

const noShare = { eachAtOnce: 9, eachWaiting: 99 }

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
  const inTurn = createTurns({ atOnce: 1, waiting: 1, ...noShare })
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
  const inTurn = createTurns({ atOnce: 1, waiting: 0, ...noShare })
  const job = aJob()
  const answer = inTurn(job.work)
  await expect(inTurn(async () => 'late')).rejects.toMatchObject({ code: 'overloaded' })
  job.finish('done')
  expect(await answer).toBe('done')
  expect(await inTurn(async () => 'later')).toBe('later')
})

it('hands the turn on when work fails', async () => {
  const inTurn = createTurns({ atOnce: 1, waiting: 5, ...noShare })
  const failing = inTurn(async () => {
    throw new Error('no')
  })
  const next = inTurn(async () => 'yes')
  await expect(failing).rejects.toThrow('no')
  expect(await next).toBe('yes')
})

it('keeps turns and places for others, however much one visitor asks for', async () => {
  const inTurn = createTurns({ atOnce: 3, waiting: 9, eachAtOnce: 2, eachWaiting: 2 })
  const slow = { by: 'slow' }
  const jobs = [aJob(), aJob(), aJob(), aJob()]
  const answers = jobs.map(({ work }) => inTurn(work, slow))
  await expect(inTurn(async () => 0, slow)).rejects.toMatchObject({ code: 'overloaded' })
  expect(jobs.map(({ hasBegun }) => hasBegun())).toEqual([true, true, false, false])
  expect(await inTurn(async () => 'at once', { by: 'other' })).toBe('at once')
  expect(jobs.map(({ hasBegun }) => hasBegun())).toEqual([true, true, false, false])
  for (const { finish } of jobs) finish('done')
  expect(await Promise.all(answers)).toEqual(['done', 'done', 'done', 'done'])
})

it('begins with those in the line who have least in hand', async () => {
  const inTurn = createTurns({ atOnce: 2, waiting: 9, eachAtOnce: 2, eachWaiting: 9 })
  const [first, second, third, other] = [aJob(), aJob(), aJob(), aJob()]
  const answers = [first, second, third].map(({ work }) => inTurn(work, { by: 'many' }))
  answers.push(inTurn(other.work, { by: 'one' }))
  first.finish('')
  await answers[0]
  await Promise.resolve()
  expect([third.hasBegun(), other.hasBegun()]).toEqual([false, true])
  for (const { finish } of [second, third, other]) finish('')
  await Promise.all(answers)
})

it('lets go of the place of whoever leaves', async () => {
  const inTurn = createTurns({ atOnce: 1, waiting: 1, ...noShare })
  const [job, left, later] = [aJob(), aJob(), aJob()]
  const answer = inTurn(job.work)
  const leaving = new AbortController()
  const gone = inTurn(left.work, { by: 'gone', signal: leaving.signal })
  leaving.abort()
  await expect(gone).rejects.toThrow('Whoever asked has left.')
  const next = inTurn(later.work)
  job.finish('done')
  later.finish('later')
  expect([await answer, await next]).toEqual(['done', 'later'])
  expect(left.hasBegun()).toBe(false)
})

it('never lets more go on than it may, and in the end everything', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.integer({ min: 0, max: 5 }))),
      async (asked) => {
        const inTurn = createTurns({ atOnce: 3, waiting: 999, eachAtOnce: 2, eachWaiting: 999 })
        const now: string[] = []
        const most = { all: 0, one: 0 }
        const answers = asked.map(([by, steps], n) =>
          inTurn(
            async () => {
              now.push(by)
              most.all = Math.max(most.all, now.length)
              most.one = Math.max(most.one, now.filter((it) => it === by).length)
              for (let step = 0; step < steps; step += 1) await Promise.resolve()
              now.splice(now.indexOf(by), 1)
              return n
            },
            { by },
          ),
        )
        expect(await Promise.all(answers)).toEqual(asked.map((_, n) => n))
        expect(most.all).toBeLessThanOrEqual(3)
        expect(most.one).toBeLessThanOrEqual(2)
      },
    ),
  )
})
