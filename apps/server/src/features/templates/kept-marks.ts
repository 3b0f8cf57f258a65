import type { BadgeTemplate, Penalty, Requirement } from '@rosette/engine'

/** What a change of rules leaves of the marks that were made under the old ones. */
export type KeptMarks = {
  /** Requirements whose events are the same: what they have said still stands. */
  readonly kept: ReadonlySet<string>
  /** Those of them that a penalty used to reset which is gone or other now: resets are forgotten. */
  readonly withoutResets: ReadonlySet<string>
}

/**
 * Marks of a requirement stay when it has the same id and the same events fulfil it: event type, data
 * rules, window, distinct values and repetition. Group, order and how many are needed are read anew.
 */
export function keptMarks(old: BadgeTemplate, next: BadgeTemplate): KeptMarks {
  const isSameRepeat = old.repeat?.by === next.repeat?.by
  const before = new Map(old.requirements.map((each) => [each.id, each]))
  const kept = next.requirements.flatMap((each) => {
    const known = before.get(each.id)
    return isSameRepeat && known !== undefined && fits(known) === fits(each) ? [each.id] : []
  })
  return {
    kept: new Set(kept),
    withoutResets: new Set(kept.filter((id) => !stillResets(old, next, id))),
  }
}

function fits({ eventType, dataRules, window, count }: Requirement): string {
  const span = [window?.from ?? null, window?.until ?? null]
  const counted = [count !== undefined, count?.distinctBy ?? null]
  return JSON.stringify([eventType, rulesOf(dataRules), span, counted])
}

/** Whether each penalty that reset the requirement does so still. */
function stillResets(old: BadgeTemplate, next: BadgeTemplate, requirementId: string): boolean {
  const after = new Set(penaltiesOf(next, requirementId))
  return penaltiesOf(old, requirementId).every((penalty) => after.has(penalty))
}

function penaltiesOf({ penalties }: BadgeTemplate, requirementId: string): string[] {
  return penalties
    .filter(({ requirements }) => requirements.includes(requirementId))
    .map(({ eventType, dataRules }) => JSON.stringify([eventType, rulesOf(dataRules)]))
}

// Stored rules come back with their members in another order.
function rulesOf(dataRules: Penalty['dataRules']) {
  return dataRules.map(({ keyPath, operator, value }) => [keyPath, operator, value])
}
