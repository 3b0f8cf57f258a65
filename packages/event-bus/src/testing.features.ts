import { setImmediate } from 'node:timers/promises'

/** Asks again until there is an answer; the test's own time limit ends it. */
export async function condition<T>(ask: () => Promise<T | null>): Promise<T> {
  while (true) {
    const answer = await ask()
    if (answer !== null) return answer
    await setImmediate()
  }
}
