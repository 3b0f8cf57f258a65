import { AppError } from '../../http/app-error.js'

type Options = {
  /** How many go on beside each other, and how many may wait for that. */
  readonly atOnce: number
  readonly waiting: number
}

/**
 * Lets a few pieces of work go on at once and the next ones wait in line; when the line is full, the
 * work is refused rather than piled up. Throws `overloaded`.
 */
export function createTurns({ atOnce, waiting }: Options) {
  const line: (() => void)[] = []
  let busy = 0

  return async function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    if (busy < atOnce) busy += 1
    else if (line.length >= waiting) throw tooBusy()
    // Whoever ends hands the turn on, so `busy` stays as it is.
    else await new Promise<void>((resolve) => line.push(resolve))
    try {
      return await work()
    } finally {
      const next = line.shift()
      if (next === undefined) busy -= 1
      else next()
    }
  }
}

function tooBusy(): AppError {
  const remedy = 'Nothing was checked; try again in half a minute.'
  return new AppError('overloaded', `Too many badges are being checked at this moment. ${remedy}`)
}
