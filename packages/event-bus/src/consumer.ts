import type { ConsumerOptions, ConsumerRun } from './consumer-options.js'
import type { RawEntry } from './envelope.js'
import { stopped, unlessStopped, untilDone, waitByTimer } from './patience.js'
import { settleBatch } from './settle-batch.js'

/**
 * Reads, handles and acknowledges until stopped. One batch is read ahead while another is handled;
 * an entry is acknowledged only after `handle` or `park` has resolved for it.
 */
export async function runConsumer(options: ConsumerOptions): Promise<void> {
  const run = withDefaults(options)
  if (await openSource(run)) await consume(run)
  await run.source.close()
}

function withDefaults(options: ConsumerOptions): ConsumerRun {
  return {
    report: () => undefined,
    maxBatch: 1000,
    wait: waitByTimer,
    random: Math.random,
    ...options,
  }
}

async function openSource(run: ConsumerRun): Promise<boolean> {
  const outcome = await untilDone(
    run,
    () => unlessStopped(run.source.open(), run.stop),
    (failure) => run.report({ kind: 'open-failed', ...failure }),
  )
  return outcome !== stopped && !run.stop.aborted
}

async function consume(run: ConsumerRun): Promise<void> {
  let acknowledged = Promise.resolve()
  let ahead = readBatch(run)
  while (true) {
    const batch = await unlessStopped(ahead, run.stop)
    // A batch that arrives together with the stop is not begun: it stays pending.
    if (batch === stopped || run.stop.aborted) break
    ahead = readBatch(run)
    for (const part of slices(batch, run.maxBatch)) {
      if (run.stop.aborted) break
      const settled = await settleBatch(run, part)
      // Acknowledging overlaps with handling the next part, but never overtakes itself.
      await acknowledged
      acknowledged = acknowledge(run, settled)
    }
  }
  await acknowledged
}

/** Never rejects: a source that cannot be read is tried again until it can, or until the stop. */
async function readBatch(run: ConsumerRun): Promise<readonly RawEntry[]> {
  const outcome = await untilDone(
    run,
    () => run.source.read(),
    (failure) => {
      if (!run.stop.aborted) run.report({ kind: 'read-failed', ...failure })
    },
  )
  return outcome === stopped ? [] : outcome
}

/** Never rejects: what cannot be acknowledged before the stop is left to redelivery. */
async function acknowledge(run: ConsumerRun, entries: readonly RawEntry[]): Promise<void> {
  if (entries.length === 0) return
  await untilDone(
    run,
    () => run.source.acknowledge(entries),
    (failure) => run.report({ kind: 'acknowledge-failed', entries: entries.length, ...failure }),
  )
}

function* slices<T>(items: readonly T[], size: number): Generator<readonly T[]> {
  if (items.length > 0 && items.length <= size) yield items
  else for (let at = 0; at < items.length; at += size) yield items.slice(at, at + size)
}
