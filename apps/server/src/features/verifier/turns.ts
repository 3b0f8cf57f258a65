import { AppError } from '../../http/app-error.js'

type Options = {
  /** How many go on beside each other, and how many may wait for that. */
  readonly atOnce: number
  readonly waiting: number
  /** The same for one visitor: whoever names slow servers must not keep everybody else waiting. */
  readonly eachAtOnce: number
  readonly eachWaiting: number
}

/** Who asks, and whether they are still there. */
export type Visitor = {
  readonly by: string
  readonly signal?: AbortSignal
  /** Whether they want to know how it stands now, whatever is remembered from a minute ago. */
  readonly isFresh?: boolean
}

type Place = { readonly by: string; readonly begin: () => void }

/**
 * Lets a few pieces of work go on at once and the next ones wait in line, those first whose visitor has
 * least in hand. When the line is full the work is refused rather than piled up: throws `overloaded`.
 * Whoever goes away leaves the line.
 */
export function createTurns({ atOnce, waiting, eachAtOnce, eachWaiting }: Options) {
  const line: Place[] = []
  const inHand = new Map<string, number>()
  let busy = 0

  return async function inTurn<Result>(
    work: () => Promise<Result>,
    visitor: Visitor = { by: '' },
  ): Promise<Result> {
    const { by } = visitor
    // Nobody in the line could begin now, or they would have: so nobody is overtaken.
    if (isFree({ by })) take(by)
    else await waitFor(visitor)
    try {
      return await work()
    } finally {
      give(by)
      beginNext()
    }
  }

  function isFree({ by }: Pick<Place, 'by'>): boolean {
    return busy < atOnce && inHandOf(by) < eachAtOnce
  }

  function inHandOf(by: string): number {
    return inHand.get(by) ?? 0
  }

  function take(by: string): void {
    busy += 1
    inHand.set(by, inHandOf(by) + 1)
  }

  function give(by: string): void {
    busy -= 1
    if (inHandOf(by) > 1) inHand.set(by, inHandOf(by) - 1)
    else inHand.delete(by)
  }

  async function waitFor({ by, signal }: Visitor): Promise<void> {
    const own = line.filter((place) => place.by === by)
    if (line.length >= waiting || own.length >= eachWaiting) throw tooBusy()
    if (signal?.aborted === true) throw hasLeft()
    await new Promise<void>((resolve, reject) => {
      const place = { by, begin: resolve }
      line.push(place)
      const leave = () => leaveLine(place, reject)
      signal?.addEventListener('abort', leave, { once: true })
    })
  }

  function leaveLine(place: Place, reject: (reason: AppError) => void): void {
    const at = line.indexOf(place)
    if (at < 0) return
    line.splice(at, 1)
    reject(hasLeft())
  }

  function beginNext(): void {
    const [next] = line.filter(isFree).sort((a, b) => inHandOf(a.by) - inHandOf(b.by))
    if (next === undefined) return
    line.splice(line.indexOf(next), 1)
    take(next.by)
    next.begin()
  }
}

function tooBusy(): AppError {
  const remedy = 'Nothing was checked; try again in half a minute.'
  return new AppError('overloaded', `Too many badges are being checked at this moment. ${remedy}`)
}

// Nobody reads it.
function hasLeft(): AppError {
  return new AppError('request-invalid', 'Whoever asked has left.')
}
