import { log } from '../telemetry/log.js'

/** How long finishing may take: PostgreSQL or Redis may be there and yet never answer. */
const stopLimitMs = 15_000

/**
 * Aborted by the first SIGINT or SIGTERM: everything in hand is finished. The second one, or the
 * end of the limit, gives up waiting; nothing is lost by that, only done again later.
 */
export function stopSignal(limitMs = stopLimitMs): AbortSignal {
  const controller = new AbortController()
  const stop = () => {
    if (controller.signal.aborted) process.exit(1)
    setTimeout(giveUp, limitMs, limitMs).unref()
    controller.abort()
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
  return controller.signal
}

function giveUp(limitMs: number): void {
  log.warn({ limitMs }, 'not everything in hand could be finished in time; it is done again later')
  process.exit(1)
}

export function whenAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
}
