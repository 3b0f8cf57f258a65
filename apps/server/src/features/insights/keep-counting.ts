import { AppError } from '../../http/app-error.js'

type Kept<Value> = { readonly at: string; readonly value: Value }
type Entry<Value> = { last?: Kept<Value>; under?: Promise<Kept<Value>>; askedAt: number }

/** Milliseconds for which a count is as good as new, for which an old one is better than waiting, and to wait. */
const fresh = 60_000
const usable = 15 * 60_000
const patience = 20_000
const most = 200

/**
 * Keeps what takes long to count. Of many who ask at once one counts; who asks a while later is told what
 * was counted last while it is counted anew. One count runs at a time, and goes on when nobody waits for
 * it any more, so that whoever asks again gets it.
 */
export function keepCounting<Value>(
  now: () => Date,
  count: (key: string) => Promise<Value>,
): (key: string) => Promise<Kept<Value>> {
  const entries = new Map<string, Entry<Value>>()
  let turn: Promise<unknown> = Promise.resolve()

  function begin(key: string, entry: Entry<Value>): Promise<Kept<Value>> {
    const at = now().toISOString()
    const counting = turn.then(async () => ({ at, value: await count(key) }))
    turn = counting.catch(() => undefined)
    entry.under = counting
    counting
      .then((kept) => {
        entry.last = kept
        entry.askedAt = performance.now()
      })
      .catch(() => undefined)
      .finally(() => {
        delete entry.under
      })
    return counting
  }

  return async (key) => {
    if (entries.size >= most) entries.clear()
    const entry = entries.get(key) ?? { askedAt: 0 }
    entries.set(key, entry)
    const age = performance.now() - entry.askedAt
    if (entry.last !== undefined && age < fresh) return entry.last
    const counting = entry.under ?? begin(key, entry)
    if (entry.last !== undefined && age < usable) return entry.last
    return await notTooLong(counting)
  }
}

async function notTooLong<Value>(counting: Promise<Value>): Promise<Value> {
  let timer: NodeJS.Timeout | undefined
  const tooLong = new Promise<never>((_resolve, reject) => {
    const message = 'There are many learners to count, which is under way. Ask again in a minute.'
    timer = setTimeout(() => reject(new AppError('overloaded', message)), patience)
  })
  try {
    return await Promise.race([counting, tooLong])
  } finally {
    clearTimeout(timer)
  }
}
