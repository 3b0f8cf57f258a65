import { setTimeout as delay } from 'node:timers/promises'

/** How a loop waits between attempts; tests give a wait that does not take time. */
export type Patience = {
  readonly stop: AbortSignal
  /** Resolves after the delay, or earlier when stopped; never rejects. */
  readonly wait: (ms: number, stop: AbortSignal) => Promise<void>
  /** A number from 0 to 1. */
  readonly random: () => number
}

/** One failed attempt and the delay before the next. */
export type Failure = { error: unknown; attempt: number; delayMs: number }

/** The answer of an attempt that was given up because the loop stops. */
export const stopped: unique symbol = Symbol('stopped')

const firstDelayMs = 100
const longestDelayMs = 10_000

/** Tries until it works or the loop stops; `onFailure` throws when trying again is pointless. */
export async function untilDone<T>(
  { stop, wait, random }: Patience,
  action: () => Promise<T>,
  onFailure: (failure: Failure) => void,
): Promise<T | typeof stopped> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await action()
    } catch (error) {
      const delayMs = growingDelay(attempt, random)
      onFailure({ error, attempt, delayMs })
      if (!stop.aborted) await wait(delayMs, stop)
      if (stop.aborted) return stopped
    }
  }
}

/** Doubles up to ten seconds; the upper half is random so that consumers do not return in step. */
function growingDelay(attempt: number, random: () => number): number {
  const full = Math.min(longestDelayMs, firstDelayMs * 2 ** Math.min(attempt - 1, 30))
  return Math.round(full * (0.5 + random() / 2))
}

/** Resolves with the promise, or with `stopped` as soon as the signal fires. */
export function unlessStopped<T>(
  promise: Promise<T>,
  stop: AbortSignal,
): Promise<T | typeof stopped> {
  // Promise.race with one long-lived promise would keep a reaction for every batch ever read.
  return new Promise((resolve, reject) => {
    const leave = () => resolve(stopped)
    if (stop.aborted) leave()
    stop.addEventListener('abort', leave, { once: true })
    promise.then(resolve, reject).finally(() => stop.removeEventListener('abort', leave))
  })
}

/** Waits by the system's timer. */
export async function waitByTimer(ms: number, stop: AbortSignal): Promise<void> {
  // The only rejection is the abort, which is an early and welcome end of the wait.
  await delay(ms, undefined, { signal: stop }).catch(() => undefined)
}
