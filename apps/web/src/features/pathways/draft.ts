import type { Pathway } from './pathway-queries.js'

export type DraftBadge = {
  readonly id: string
  readonly name: string
  readonly state: 'draft' | 'active' | 'archived'
  readonly isMilestone: boolean
}
export type DraftLink = {
  readonly from: string
  readonly to: string
  readonly by: 'rules' | 'hand'
}

/** A map while somebody works on it. */
export type Draft = {
  readonly badges: readonly DraftBadge[]
  readonly links: readonly DraftLink[]
}

export function toDraft({ badges, links }: Pathway): Draft {
  return {
    badges: badges.map(({ template, isMilestone }) => ({ ...template, isMilestone })),
    links,
  }
}

export function withBadge(draft: Draft, badge: Omit<DraftBadge, 'isMilestone'>): Draft {
  if (draft.badges.some(({ id }) => id === badge.id)) return draft
  return { ...draft, badges: [...draft.badges, { ...badge, isMilestone: false }] }
}

/** A badge leaves with all its links. */
export function withoutBadge(draft: Draft, id: string): Draft {
  return {
    badges: draft.badges.filter((badge) => badge.id !== id),
    links: draft.links.filter(({ from, to }) => from !== id && to !== id),
  }
}

export function withMilestone(draft: Draft, id: string, isMilestone: boolean): Draft {
  const badges = draft.badges.map((badge) => (badge.id === id ? { ...badge, isMilestone } : badge))
  return { ...draft, badges }
}

export function moved(draft: Draft, id: string, by: -1 | 1): Draft {
  const at = draft.badges.findIndex((badge) => badge.id === id)
  const badge = draft.badges[at]
  const other = draft.badges[at + by]
  if (badge === undefined || other === undefined) return draft
  const badges = draft.badges.with(at, other).with(at + by, badge)
  return { ...draft, badges }
}

/** Whether the badge at the end leads back, in however many steps, to the one at the beginning. */
export function closesCircle({ links }: Pick<Draft, 'links'>, from: string, to: string): boolean {
  const open = [to]
  const seen = new Set(open)
  for (const id of open) {
    if (id === from) return true
    for (const link of links) {
      if (link.from !== id || seen.has(link.to)) continue
      seen.add(link.to)
      open.push(link.to)
    }
  }
  return false
}

export function withLink(draft: Draft, from: string, to: string): Draft {
  const isThere = draft.links.some((link) => link.from === from && link.to === to)
  if (isThere || closesCircle(draft, from, to)) return draft
  return { ...draft, links: [...draft.links, { from, to, by: 'hand' }] }
}

export function withoutLink(draft: Draft, from: string, to: string): Draft {
  return { ...draft, links: draft.links.filter((link) => link.from !== from || link.to !== to) }
}

/** What the server is sent: links of rules are its own. */
export function toMap({ badges, links }: Draft) {
  return {
    badges: badges.map(({ id: templateId, isMilestone }) => ({ templateId, isMilestone })),
    links: links.filter(({ by }) => by === 'hand').map(({ from, to }) => ({ from, to })),
  }
}
