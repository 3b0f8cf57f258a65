import { afterEach, describe, expect, it, vi } from 'vitest'
import { log } from '../telemetry/log.js'
import { stopSignal } from './stop-signal.js'

log.level = 'silent'
const signals = ['SIGINT', 'SIGTERM'] as const

afterEach(() => {
  for (const name of signals) process.removeAllListeners(name)
  vi.restoreAllMocks()
  vi.useRealTimers()
})

describe('a request to stop', () => {
  it('is heard at once, and ends the process when finishing never ends', () => {
    vi.useFakeTimers()
    const exit = vi.spyOn(process, 'exit').mockImplementation(() => undefined as never)
    const stop = stopSignal(5000)
    process.emit('SIGTERM')
    expect(stop.aborted).toBe(true)
    vi.advanceTimersByTime(4999)
    expect(exit).not.toHaveBeenCalled()
    vi.advanceTimersByTime(1)
    expect(exit).toHaveBeenCalledExactlyOnceWith(1)
  })

  it('ends the process when it is repeated', () => {
    vi.useFakeTimers()
    const exit = vi.spyOn(process, 'exit').mockImplementation(() => undefined as never)
    stopSignal(5000)
    process.emit('SIGINT')
    expect(exit).not.toHaveBeenCalled()
    process.emit('SIGTERM')
    expect(exit).toHaveBeenCalledWith(1)
  })
})
