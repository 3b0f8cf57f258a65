import type {
  AwardsByBadge,
  AwardsByCourse,
  AwardsOverTime,
  BadgeFunnels,
  BadgeStops,
  IssuingDelays,
  PublicCounts,
} from '@rosette/contract'
import type { Table } from './csv.js'

type Named = { readonly template: { readonly id: string; readonly name: string } }

const badge = ['badge', 'badgeId']
const nameOf = ({ template }: Named) => ({ badge: template.name, badgeId: template.id })

export function awardsOverTime({ items }: AwardsOverTime): Table {
  return { columns: ['start', 'awarded', 'revoked'], rows: items }
}

export function awardsByBadge({ items }: AwardsByBadge): Table {
  const rows = items.map(({ template, ...counts }) => ({ ...nameOf({ template }), ...counts }))
  return { columns: [...badge, 'awarded', 'revoked', 'learners'], rows }
}

export function awardsByCourse({ items }: AwardsByCourse): Table {
  return { columns: ['course', 'awarded', 'learners'], rows: items }
}

export function funnels({ items }: BadgeFunnels): Table {
  const rows = items.map(({ template, ...counts }) => ({ ...nameOf({ template }), ...counts }))
  return { columns: [...badge, 'started', 'halfWay', 'complete', 'holders'], rows }
}

/** One row for each requirement, beside what is counted of its group. */
export function stops({ items }: BadgeStops): Table {
  const rows = items.flatMap((item) =>
    item.groups.flatMap(({ requirements, group, fulfilled, missing, onlyMissing }) =>
      requirements.map((requirement) => ({
        ...nameOf(item),
        started: item.started,
        group,
        groupFulfilled: fulfilled,
        groupMissing: missing,
        onlyGroupMissing: onlyMissing,
        requirement: requirement.id,
        description: requirement.description,
        eventType: requirement.eventType,
        requirementFulfilled: requirement.fulfilled,
      })),
    ),
  )
  const ofGroup = ['group', 'groupFulfilled', 'groupMissing', 'onlyGroupMissing']
  const ofRequirement = ['requirement', 'description', 'eventType', 'requirementFulfilled']
  return { columns: [...badge, 'started', ...ofGroup, ...ofRequirement], rows }
}

export function delays({ items }: IssuingDelays): Table {
  const rows = items.map(({ target, median, p90, slowest, ...counts }) => ({
    target: target.kind,
    account: target.name,
    ...counts,
    medianSeconds: median,
    p90Seconds: p90,
    slowestSeconds: slowest,
  }))
  const times = ['medianSeconds', 'p90Seconds', 'slowestSeconds']
  return { columns: ['target', 'account', 'issued', 'waiting', ...times], rows }
}

export function publicCounts({ badges }: PublicCounts): Table {
  const rows = badges.map(({ template, ...counts }) => ({ ...nameOf({ template }), ...counts }))
  const views = ['awardViews', 'badgeViews', 'shares', 'visits', 'downloads', 'verifications']
  return { columns: [...badge, ...views, 'awards', 'claimed'], rows }
}
