import type { BadgeTemplate, Penalty, Requirement } from '@rosette/contract'
import type { Schema } from '../../lib/api.js'
import type { Draft, DraftGroup, DraftPenalty, DraftRequirement } from './draft.js'

/** The rules as the API takes them: `PUT /badge-templates/{id}/rules`, and the previews. */
export type RulesGiven = Schema<'NewRulesInput'>

/** What of a template the editor is about. */
export type RulesRead = Pick<BadgeTemplate, 'reaward' | 'repeat' | 'requirements' | 'penalties'>

export function toDraft(rules: RulesRead): Draft {
  const letters = [...new Set(rules.requirements.map(({ group }) => group))].sort()
  const ids = [...rules.requirements, ...rules.penalties].map(({ id }) => id)
  return {
    reaward: rules.reaward,
    repeat: rules.repeat,
    groups: letters.map((letter): DraftGroup => {
      const ways = rules.requirements.filter(({ group }) => group === letter)
      return { letter, ways: ways.map(toDraftRequirement) }
    }),
    penalties: rules.penalties.map(toDraftPenalty),
    lastNumber: Math.max(0, ...ids.map((id) => Number(/^[rp](\d{1,9})$/.exec(id)?.[1] ?? 0))),
  }
}

export function toRules(draft: Draft): RulesGiven {
  return {
    reaward: draft.reaward,
    repeat: draft.repeat === null ? null : { by: draft.repeat.by },
    requirements: draft.groups.flatMap(({ letter, ways }) =>
      ways.map((way) => toRequirement(way, letter)),
    ),
    penalties: draft.penalties.map(toPenalty),
  }
}

/** Whether both say the same: the numbering of ids that were never saved does not count. */
export function isSame(a: Draft, b: Draft): boolean {
  return JSON.stringify(toRules(a)) === JSON.stringify(toRules(b))
}

function toDraftRequirement(requirement: Requirement): DraftRequirement {
  const { id, eventType, description = '', dataRules, count, window, after = [] } = requirement
  return {
    id,
    eventType,
    description,
    dataRules,
    count: count ? { atLeast: count.atLeast, distinctBy: count.distinctBy ?? null } : null,
    window: window ? { from: window.from ?? null, until: window.until ?? null } : null,
    after,
  }
}

function toDraftPenalty({ id, eventType, description = '', dataRules, requirements }: Penalty) {
  return { id, eventType, description, dataRules, resets: requirements } satisfies DraftPenalty
}

type RequirementGiven = NonNullable<RulesGiven['requirements']>[number]
type PenaltyGiven = NonNullable<RulesGiven['penalties']>[number]

function toRequirement(way: DraftRequirement, group: string): RequirementGiven {
  const { id, eventType, description, dataRules, count, window, after } = way
  const from = window?.from ?? null
  const until = window?.until ?? null
  return {
    id,
    group,
    eventType,
    ...(description.trim() !== '' && { description: description.trim() }),
    dataRules: dataRules.map(toRule),
    ...(count !== null && { count: toCount(count) }),
    ...((from !== null || until !== null) && {
      window: { ...(from !== null && { from }), ...(until !== null && { until }) },
    }),
    ...(after.length > 0 && { after: [...after] }),
  }
}

function toPenalty({ id, eventType, description, dataRules, resets }: DraftPenalty): PenaltyGiven {
  return {
    id,
    eventType,
    ...(description.trim() !== '' && { description: description.trim() }),
    dataRules: dataRules.map(toRule),
    requirements: [...resets],
  }
}

function toCount({ atLeast, distinctBy }: NonNullable<DraftRequirement['count']>) {
  return { atLeast, ...(distinctBy !== null && { distinctBy }) }
}

function toRule({ keyPath, operator, value }: DraftRequirement['dataRules'][number]) {
  return { keyPath, operator, value: typeof value === 'string' ? value : [...value] }
}
