import type { ConsumerRun } from './consumer-options.js'
import type { RawEntry } from './envelope.js'
import { stopped, untilDone } from './patience.js'

/**
 * Handles a batch to its end and returns the entries that are committed or parked. An outage is
 * waited out with the batch unchanged; any other error halves the batch until the entry that
 * causes it stands alone.
 */
export async function settleBatch(
  run: ConsumerRun,
  batch: readonly RawEntry[],
): Promise<readonly RawEntry[]> {
  try {
    return await handleThroughOutages(run, batch)
  } catch (error) {
    const [first] = batch
    if (first === undefined) return []
    if (batch.length === 1) return await parkEntry(run, first, error)
    run.report({ kind: 'batch-split', entries: batch.length, error })
    const middle = Math.ceil(batch.length / 2)
    const before = await settleBatch(run, batch.slice(0, middle))
    return [...before, ...(await settleBatch(run, batch.slice(middle)))]
  }
}

async function handleThroughOutages(
  run: ConsumerRun,
  batch: readonly RawEntry[],
): Promise<readonly RawEntry[]> {
  const outcome = await untilDone(
    run,
    () => run.handle(batch),
    (failure) => {
      if (!run.isOutage(failure.error)) throw failure.error
      run.report({ kind: 'handle-retried', entries: batch.length, ...failure })
    },
  )
  return outcome === stopped ? [] : batch
}

async function parkEntry(
  run: ConsumerRun,
  entry: RawEntry,
  error: unknown,
): Promise<readonly RawEntry[]> {
  try {
    if ((await parkThroughOutages(run, entry, toError(error))) === stopped) return []
  } catch (refusal) {
    // Neither handled nor parked: acknowledging would lose it and waiting would block the rest,
    // so it goes back to the transport, which delivers it again later.
    run.report({ kind: 'park-failed', entry, error: refusal })
    run.source.release([entry])
    return []
  }
  run.report({ kind: 'entry-parked', entry, error })
  return [entry]
}

function parkThroughOutages(run: ConsumerRun, entry: RawEntry, reason: Error) {
  return untilDone(
    run,
    () => run.park(entry, reason),
    (failure) => {
      if (!run.isOutage(failure.error)) throw failure.error
      run.report({ kind: 'park-retried', entry, ...failure })
    },
  )
}

function toError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown), { cause: thrown })
}
