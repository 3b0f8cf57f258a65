import { describe, expect, it } from 'vitest'
import { isDatabaseOutage } from './database.js'

const withCode = (code: string) => Object.assign(new Error('refused'), { code })

describe('an error of the database', () => {
  it.each([
    ['a lost connection', new Error('Connection terminated unexpectedly')],
    ['a slow one', new Error('Connection terminated due to connection timeout')],
    ['a full pool', new Error('timeout exceeded when trying to connect')],
    [
      'a broken client',
      new Error('Client has encountered a connection error and is not queryable'),
    ],
    ['a closed client', new Error('Client was closed and is not queryable')],
    ['a refused connection', withCode('ECONNREFUSED')],
    ['a shutdown', withCode('57P01')],
    ['a full disk', withCode('53100')],
    ['a deadlock', withCode('40P01')],
  ])('is waited out: %s', (_, error) => {
    expect(isDatabaseOutage(error)).toBe(true)
  })

  it.each([
    ['a mistake that mentions one', new TypeError("Cannot read 'connection' of undefined")],
    ['a text that mentions one', new Error('The event "timeout of terminated" cannot be used')],
    ['a text that cannot be stored', withCode('22021')],
    ['a limit of the server', withCode('54000')],
    ['no error at all', 'connection'],
  ])('is not waited out: %s', (_, error) => {
    expect(isDatabaseOutage(error)).toBe(false)
  })
})
