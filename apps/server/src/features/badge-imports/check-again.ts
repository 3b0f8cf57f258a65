import type { Report } from '@rosette/open-badges'
import { type Db, inTransaction } from '../../db/database.js'
import type { Verifier, Visitor } from '../verifier/verifier.js'
import { documentOf } from './badge-document.js'
import { type EntryRow, findEntry, lockEntry, storeJudgement } from './entry-repository.js'
import { mostMisses, nextCheckAt } from './next-check.js'
import { standingReasonOf } from './refusals.js'
import { parseStorable, storable } from './storable.js'

export type CheckDeps = {
  readonly db: Db
  readonly now: () => Date
  readonly random: () => number
  readonly verifier: Pick<Verifier, 'examine'>
}

/** Verifies kept badges again. */
export function createCheckAgain({ db, now, random, verifier }: CheckDeps) {
  /**
   * What is certain is believed at once. Where nobody answers, or something does not fit, a badge that
   * was good stays so until that has happened three times in a row: issuers' servers have bad days.
   */
  return async function checkAgain(id: string, visitor: Visitor): Promise<void> {
    const entry = await findEntry(db, id)
    if (entry === undefined) return
    const { report } = await verifier.examine({ badge: badgeOf(entry) }, visitor)
    await inTransaction(db, async (tx) => {
      const there = await lockEntry(tx, id)
      // Removed, or replaced by a copy that has just been verified.
      if (there === undefined || there.text !== entry.text) return
      await storeJudgement(tx, id, judge(report, there))
    })
  }

  function judge(report: Report, { verdict: before, ...entry }: EntryRow) {
    const isCertain = report.verdict !== 'unknown' && report.verdict !== 'invalid'
    const misses = isCertain ? 0 : entry.misses + 1
    const isBelieved = isCertain || misses >= mostMisses
    const verdict = isBelieved ? report.verdict : before
    const at = now()
    const since = entry.created_at
    return {
      verdict,
      statusReason: isBelieved ? reasonOf(report) : entry.status_reason,
      report: isBelieved ? parseStorable(report) : null,
      misses,
      at: at.toISOString(),
      nextCheckAt: nextCheckAt({ verdict, since, misses, now: at, random }),
    }
  }
}

function reasonOf(report: Report): string | null {
  const reason = standingReasonOf(report)
  return reason === null ? null : storable(reason)
}

export type CheckAgain = ReturnType<typeof createCheckAgain>

/** What to verify: the badge as it is kept; where only its address can vouch for it, the address. */
function badgeOf(entry: EntryRow): Uint8Array | string {
  const { kind, text, content, source_url: address } = entry
  const id = documentOf(text)?.['id']
  const isNameless = kind.startsWith('Assertion') && typeof id !== 'string' && /^\s*\{/.test(text)
  return isNameless && address !== null ? address : content
}
