/** A clock that stands still until it is told to move. */
export type FakeClock = {
  now(): Date
  advance(milliseconds: number): void
  set(instant: Date | string): void
}

export function createFakeClock(start: Date | string = '2026-01-01T00:00:00Z'): FakeClock {
  let time = new Date(start).getTime()
  return {
    now: () => new Date(time),
    advance(milliseconds) {
      time += milliseconds
    },
    set(instant) {
      time = new Date(instant).getTime()
    },
  }
}
