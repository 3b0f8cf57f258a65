import { createRuleIndex, mergeMarks, type RuleIndex } from '@rosette/engine'
import { fieldTypeOf } from '@rosette/openedx-events'
import type { Tx } from '../../db/database.js'
import { type AwardChange, tellOf } from '../awards/awards.js'
import { findByLmsUserIds, type StoredLearner } from '../learners/learners.js'
import {
  type Judged,
  judge,
  type KnownAward,
  type LearnerMark,
  type Matched,
  mergedMarks,
  type Standing,
  standingOf,
  type Touched,
} from '../progress/progress.js'
import type { ActiveRules, ActiveTemplate } from '../templates/templates.js'
import { awardsAsEvents, type PastRules, type Slice } from './read-slice.js'
import { changesIn, type Outcome, touchedOf, weigh } from './weigh.js'

/** The rules of other badges that look at badges: what an award may lead to. */
export type Reactions = {
  readonly index: RuleIndex
  readonly template: (id: string) => ActiveTemplate | undefined
}

/** Leaves the template itself out: what its own award leads to ends before it comes round. */
export function reactionsTo(active: ActiveRules, templateId: string): Reactions {
  const reacting = [...active.index.templates.values()].filter(
    ({ id, requirements, penalties }) =>
      id !== templateId &&
      [...requirements, ...penalties].some(({ eventType }) =>
        eventType.startsWith('org.openedx.learning.badge.'),
      ),
  )
  return { index: createRuleIndex(reacting, fieldTypeOf), template: active.template }
}

type Foreseeing = {
  readonly rules: PastRules
  readonly reactions: Reactions
  readonly logBeginsAt: string | null
  readonly now: Date
}

/** What a run would decide about the learners of the slice, and what would follow; stores nothing. */
export async function foresee(
  tx: Tx,
  slice: Slice,
  { rules, reactions, logBeginsAt, now }: Foreseeing,
): Promise<{ readonly judged: readonly Judged[]; readonly outcomes: readonly Outcome[] }> {
  const { template } = rules
  const learners = await learnersOf(tx, slice)
  const byLmsId = new Map(learners.map((learner) => [learner.lmsUserId, learner]))
  const matched: Matched[] = [...slice.past].flatMap(([lmsUserId, changes]) => {
    const learner = byLmsId.get(lmsUserId)
    return learner === undefined ? [] : changes.map((change) => ({ learner, change }))
  })
  matched.push(...(await awardsAsEvents(tx, rules, learners)))

  const foreseen = createForeseen()
  foreseen.addMarks(mergedMarks(matched))
  const standing = await standingOf(tx, touchedOf(template, learners, { awards: [] }))
  const known = foreseen.over(standing)
  const judged = judge(touchedOf(template, learners, known), known, now)
  const weighed = weigh(judged, logBeginsAt)
  const all = [...weighed.outcomes]
  for (let round = weighed.decided; round.length > 0; ) {
    foreseen.addDecided(round)
    const touched = reactTo(round, { rules, reactions, foreseen })
    const next = judge(touched, foreseen.over(await standingOf(tx, touched)), now)
    const { decided, outcomes } = weigh(next, beginningOfTime)
    all.push(...outcomes)
    round = decided
  }
  return { judged, outcomes: all.map((o) => (o.change === 'gain' ? { ...o, awardId: null } : o)) }
}

// What follows from an award follows from it alone, however far back the log reaches.
const beginningOfTime = '1700-01-01T00:00:00Z'

/** Learners whom only the log knows get an id that no stored one has. */
async function learnersOf(tx: Tx, { past, concerned }: Slice): Promise<readonly StoredLearner[]> {
  const matching = [...past].flatMap(([id, changes]) => (changes.length > 0 ? [id] : []))
  const found = matching.length === 0 ? [] : await findByLmsUserIds(tx, matching)
  const known = new Map([...found, ...concerned].map((learner) => [learner.id, learner]))
  const lmsIds = new Set([...known.values()].map(({ lmsUserId }) => lmsUserId))
  const unknown = matching.filter((id) => !lmsIds.has(id)).map(strangerOf)
  return [...known.values(), ...unknown]
}

function strangerOf(lmsUserId: number): StoredLearner {
  return { id: -1 - lmsUserId, lmsUserId, username: '', email: '', name: '', isActive: true }
}

type Round = {
  readonly rules: PastRules
  readonly reactions: Reactions
  readonly foreseen: ReturnType<typeof createForeseen>
}

function reactTo(decided: readonly Judged[], { rules, reactions, foreseen }: Round): Touched[] {
  const matched = changesIn(decided).flatMap((change): Matched[] => {
    const { event, learner } = tellOf(change, rules)
    return reactions.index.match(event).map((each) => ({ learner, change: each }))
  })
  foreseen.addMarks(mergedMarks(matched))
  return matched.flatMap(({ learner, change }) => {
    const template = reactions.template(change.templateId)
    return template === undefined ? [] : [{ learner, template, instance: change.instance }]
  })
}

/** What would stand in the tables by now, laid over what does. */
function createForeseen() {
  const marks = new Map<string, LearnerMark>()
  const awards = new Map<string, KnownAward>()

  function addMarks(more: readonly LearnerMark[]): void {
    for (const mark of more) put(marks, mark)
  }

  function addDecided(decided: readonly Judged[]): void {
    for (const { change, award } of decided) {
      const next = change === null ? undefined : awardAfter(change, award)
      if (next !== undefined) awards.set(addressOf(next), next)
    }
  }

  function over(standing: Standing): Standing {
    const all = new Map<string, LearnerMark>(marks)
    for (const mark of standing.marks) put(all, mark)
    const latest = new Map(standing.awards.map((award) => [addressOf(award), award]))
    for (const [address, award] of awards) latest.set(address, award)
    return { marks: [...all.values()], awards: [...latest.values()] }
  }

  return { addMarks, addDecided, over }
}

function put(marks: Map<string, LearnerMark>, added: LearnerMark): void {
  const { learnerId, requirementId, instance, key } = added
  const address = `${learnerId} ${requirementId} ${instance}\u0000${key}`
  const known = marks.get(address)
  const mark = known === undefined ? added.mark : mergeMarks(known.mark, added.mark)
  marks.set(address, { ...added, mark })
}

function awardAfter(change: AwardChange, before: KnownAward | undefined): KnownAward | undefined {
  if (change.change === 'revoke') {
    const { revokedAt, by } = change.revocation
    return before && { ...before, status: 'revoked', revoked_at: revokedAt, revoked_by: by }
  }
  const { award } = change
  return {
    id: award.id,
    learner_id: award.learnerId,
    template_id: award.templateId,
    instance: award.instance,
    status: 'awarded',
    source: award.source,
    awarded_at: award.awardedAt,
    revoked_at: null,
    revoked_by: null,
    cause: award.cause,
  }
}

function addressOf({ learner_id, template_id, instance }: KnownAward): string {
  return `${learner_id} ${template_id} ${instance}`
}
