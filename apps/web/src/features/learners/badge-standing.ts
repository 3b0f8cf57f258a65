import type { Award, LearnerDetail, Progress } from './learner-queries.js'

export type Standing = {
  readonly earned: readonly Award[]
  readonly onTheWay: readonly Progress[]
  readonly lost: readonly Award[]
}

/** What a learner has, is on the way to, and had: each badge once, by what is newest about it. */
export function standingOf({
  awards,
  progress,
}: Pick<LearnerDetail, 'awards' | 'progress'>): Standing {
  const earned = awards.filter(({ status }) => status === 'awarded')
  const held = new Set(earned.map(addressOf))
  const lost = new Map<string, Award>()
  for (const award of awards) {
    const address = addressOf(award)
    if (award.status === 'revoked' && !held.has(address) && !lost.has(address))
      lost.set(address, award)
  }
  const onTheWay = progress.filter(
    (one) => !held.has(addressOf(one)) && one.template.state === 'active',
  )
  return {
    earned,
    onTheWay: [...onTheWay].sort((a, b) => b.ratio - a.ratio),
    lost: [...lost.values()],
  }
}

function addressOf({ template, instance }: Pick<Award, 'template' | 'instance'>): string {
  return `${template.id} ${instance ?? ''}`
}
