import { pino } from 'pino'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { AppError } from '../http/app-error.js'
import { log } from './log.js'

const { level } = log
let written: string[]
beforeEach(() => {
  written = []
  log.level = 'info'
  const stream = Reflect.get(log, pino.symbols.streamSym)
  vi.spyOn(stream, 'write').mockImplementation((line: unknown) => written.push(String(line)))
})
afterEach(() => {
  vi.restoreAllMocks()
  log.level = level
})

const secret = 'the-secret-half'

it('tells what went wrong and where, and nothing that the error holds beside it', () => {
  const row = Object.assign(new Error('new row violates check "learner_email"'), {
    code: '23514',
    detail: `Failing row contains (ada@learners.example, ${secret}).`,
    where: secret,
    parameters: [secret],
    privateJwk: { d: secret },
  })
  log.error({ err: new AppError('internal', 'Something went wrong.', { cause: row }) }, 'failed')
  log.warn({ error: row }, 'failed')
  const [first, second] = written.map((line) => JSON.parse(line))
  expect(first.err.cause).toMatchObject({ message: row.message, code: '23514' })
  expect(first.err.cause.stack).toContain('log.test.ts')
  expect(second.error).toMatchObject({ type: 'Error', message: row.message, code: '23514' })
  expect(written.join('')).not.toMatch(/the-secret-half|ada@/)
})

it('survives errors that are the cause of themselves, and what is no error', () => {
  const round = new Error('round')
  round.cause = round
  log.error({ err: round }, 'failed')
  log.error({ err: 'a word' }, 'failed')
  expect(written).toHaveLength(2)
  expect(JSON.parse(written[1] ?? '')).toMatchObject({ err: 'a word' })
})
