import type { BackfillTallyJson } from '../../db/backfill-schema.js'
import type { Judged } from '../progress/progress.js'
import type { Slice } from './read-slice.js'
import type { Outcome } from './weigh.js'

type Counted = Pick<Slice, 'read' | 'matched' | 'from' | 'until' | 'past'>
type ByTemplate = NonNullable<BackfillTallyJson['changes']>

/** What one slice adds to what was counted before. */
export function addSlice(
  before: BackfillTallyJson,
  slice: Counted,
  {
    judged,
    outcomes,
  }: { readonly judged: readonly Judged[]; readonly outcomes: readonly Outcome[] },
): BackfillTallyJson {
  const way = onTheWay(slice, judged)
  return {
    read: (before.read ?? 0) + slice.read,
    matched: (before.matched ?? 0) + slice.matched,
    from: least(before.from ?? null, slice.from, -1),
    until: least(before.until ?? null, slice.until, 1),
    none: (before.none ?? 0) + way.none,
    started: (before.started ?? 0) + way.started,
    halfWay: (before.halfWay ?? 0) + way.halfWay,
    complete: (before.complete ?? 0) + way.complete,
    changes: outcomes.reduce(addOutcome, before.changes ?? {}),
  }
}

function onTheWay({ past }: Counted, judged: readonly Judged[]) {
  const way = { none: 0, started: 0, halfWay: 0, complete: 0 }
  const begun = new Set<number>()
  for (const { learner, progress } of judged) {
    if (progress.ratio === 0) continue
    if (learner.lmsUserId !== null) begun.add(learner.lmsUserId)
    if (progress.complete) way.complete += 1
    else if (progress.ratio >= 0.5) way.halfWay += 1
    else way.started += 1
  }
  for (const lmsUserId of past.keys()) if (!begun.has(lmsUserId)) way.none += 1
  return way
}

function addOutcome(sums: ByTemplate, { templateId, change }: Outcome): ByTemplate {
  const own = sums[templateId] ?? {}
  return { ...sums, [templateId]: { ...own, [change]: (own[change] ?? 0) + 1 } }
}

// The fraction of a second is written only where there is one, so texts are not compared as texts.
function least(a: string | null, b: string | null, sign: 1 | -1): string | null {
  if (a === null || b === null) return a ?? b
  return (Date.parse(a) - Date.parse(b)) * sign >= 0 ? a : b
}

/** How many changes of each kind were counted, of all badges together. */
export function changesCounted({ changes = {} }: BackfillTallyJson) {
  const counted = { gain: 0, lose: 0, kept: 0 }
  for (const { gain = 0, lose = 0, kept = 0 } of Object.values(changes)) {
    counted.gain += gain
    counted.lose += lose
    counted.kept += kept
  }
  return counted
}
