import type {
  AwardsByBadge,
  AwardsByCourse,
  AwardsOverTime,
  BadgeFunnels,
  BadgeStops,
  IssuingDelays,
  PublicCounts,
} from '@rosette/contract'

type Named = { readonly template: { readonly id: string; readonly name: string } }

const nameOf = ({ template }: Named) => ({ badge: template.name, badgeId: template.id })

export const awardsOverTime = ({ items }: AwardsOverTime) => items

export const awardsByBadge = ({ items }: AwardsByBadge) =>
  items.map(({ template, ...counts }) => ({ ...nameOf({ template }), ...counts }))

export const awardsByCourse = ({ items }: AwardsByCourse) => items

export const funnels = ({ items }: BadgeFunnels) =>
  items.map(({ template, ...counts }) => ({ ...nameOf({ template }), ...counts }))

/** One row for each requirement, beside what is counted of its group. */
export const stops = ({ items }: BadgeStops) =>
  items.flatMap((item) =>
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

export const delays = ({ items }: IssuingDelays) =>
  items.map(({ target, median, p90, slowest, ...counts }) => ({
    target: target.kind,
    account: target.name,
    ...counts,
    medianSeconds: median,
    p90Seconds: p90,
    slowestSeconds: slowest,
  }))

export const publicCounts = ({ badges }: PublicCounts) =>
  badges.map(({ template, ...counts }) => ({ ...nameOf({ template }), ...counts }))
