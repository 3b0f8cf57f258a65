/** How many requests one key may make in a window; Credly publishes none, so all numbers are invented. */
export type RateWindow = {
  readonly requests: number
  readonly seconds: number
  /** Whether the answer says how long to wait. */
  readonly tellsRetryAfter?: boolean
}

export function createRateCounter(now: () => Date) {
  let window: RateWindow | undefined
  const counted = new Map<string, { from: number; requests: number }>()

  return {
    set(wanted: RateWindow | undefined): void {
      window = wanted
      counted.clear()
    },
    /** Undefined when there is room, else the seconds until there is, or null when they are not told. */
    count(key: string): number | null | undefined {
      if (window === undefined) return undefined
      const { requests, seconds, tellsRetryAfter = true } = window
      const at = now().getTime()
      const from = at - (at % (seconds * 1000))
      const sofar = counted.get(key)
      const inWindow = sofar?.from === from ? sofar : { from, requests: 0 }
      inWindow.requests += 1
      counted.set(key, inWindow)
      if (inWindow.requests <= requests) return undefined
      return tellsRetryAfter ? Math.ceil((from + seconds * 1000 - at) / 1000) : null
    },
  }
}
