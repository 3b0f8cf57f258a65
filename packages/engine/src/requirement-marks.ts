import type { BadgeTemplate, Requirement } from './badge-template.js'
import {
  EVERY,
  heldSince,
  latest,
  type Mark,
  type Moment,
  mergeMarks,
  type StoredMark,
} from './marks.js'

/** What one requirement's marks come to: a moment for each held key, and the reset of each lost key. */
export type RequirementMarks = {
  readonly held: readonly Moment[]
  readonly lost: readonly Moment[]
}

/** Sums up the marks of one instance, by requirement id. */
export function readMarks(
  { requirements }: BadgeTemplate,
  marks: Iterable<StoredMark>,
  instance: string,
): ReadonlyMap<string, RequirementMarks> {
  const byRequirement = new Map(requirements.map(({ id }) => [id, new Map<string, Mark>()]))
  for (const stored of marks) {
    const byKey = byRequirement.get(stored.requirementId)
    const speaking = byKey === undefined ? null : markFor(stored, instance)
    if (byKey === undefined || speaking === null) continue
    const known = byKey.get(stored.key)
    byKey.set(stored.key, known === undefined ? speaking : mergeMarks(known, speaking))
  }
  return new Map(
    requirements.map((each) => [each.id, sumUp(each, byRequirement.get(each.id) ?? new Map())]),
  )
}

/** The instances that the marks speak about: only `*` for a template without `repeat`. */
export function instancesOf({ repeat }: BadgeTemplate, marks: Iterable<StoredMark>): string[] {
  const instances = new Set<string>()
  for (const { instance } of marks) {
    if ((repeat === null) === (instance === EVERY)) instances.add(instance)
  }
  return [...instances].sort()
}

/** Of what is said about all instances only the resets concern a single one. */
function markFor(stored: StoredMark, instance: string): Mark | null {
  if (stored.instance === instance) return stored.mark
  if (stored.instance !== EVERY) return null
  return { firstAt: null, lastAt: null, resetAt: stored.mark.resetAt }
}

function sumUp({ count }: Requirement, byKey: ReadonlyMap<string, Mark>): RequirementMarks {
  const held: Moment[] = []
  const lost: Moment[] = []
  const resetOfAll = byKey.get(EVERY)?.resetAt ?? null
  for (const [key, mark] of byKey) {
    // A count holds real keys only, anything else only `*`: marks from before an edit say nothing.
    if ((count === undefined) !== (key === EVERY) || mark.firstAt === null) continue
    const resetAt = latest(mark.resetAt, resetOfAll)
    const since = heldSince({ firstAt: mark.firstAt, lastAt: mark.lastAt, resetAt })
    if (since !== null) held.push(since)
    else if (resetAt !== null) lost.push(resetAt)
  }
  return { held, lost }
}
