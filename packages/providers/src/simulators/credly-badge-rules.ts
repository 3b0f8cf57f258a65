import { type BadgeFacts, checkIssue, checkReplacement } from './credly-badge-checks.js'
import { parseBody, parseFlag, requireText } from './credly-badge-input.js'
import { CredlyRefusal, notFound, refuse } from './credly-refusals.js'
import {
  accountOf,
  type BadgeState,
  type CredlyState,
  type SimBadge,
  type SimMail,
} from './credly-state.js'

export type BadgeDeps = {
  readonly state: CredlyState
  readonly newId: () => string
  readonly now: () => Date
  /** Told of everything that Credly announces. */
  readonly announce: (type: string, badge: SimBadge) => void
  readonly isAutoAccepting: () => boolean
}

/** What may be done with badges, and what is refused. Every rule runs to its end before another request begins. */
export function createBadgeRules(deps: BadgeDeps) {
  const { state, now } = deps

  function findBadge(organizationId: string, id: string): SimBadge {
    const badge = state.badges.get(id)
    if (badge?.organizationId !== organizationId) throw notFound()
    return badge
  }

  function issue(organizationId: string, input: unknown): SimBadge {
    return store(deps, checkIssue(state, organizationId, parseBody(input)))
  }

  /** All or nothing (an assumption): what cannot be issued keeps the others from it. */
  function issueAll(organizationId: string, inputs: readonly unknown[]): SimBadge[] {
    const issued: SimBadge[] = []
    try {
      for (const input of inputs) {
        const facts = checkIssue(state, organizationId, parseBody(input))
        issued.push(add(deps, facts))
      }
    } catch (error) {
      for (const badge of issued) forget(state, badge)
      throw error
    }
    for (const badge of issued) tell(deps, badge)
    return issued
  }

  function revoke(organizationId: string, id: string, input: unknown): SimBadge {
    const badge = findBadge(organizationId, id)
    const body = parseBody(input)
    if (badge.replacementBadgeId !== null) {
      throw refuse('This badge cannot be revoked because it has been replaced.')
    }
    // What a second revocation answers is not known.
    if (badge.state === 'revoked') throw refuse('This badge has already been revoked.')
    const reason = requireText(body, 'reason')
    const suppressed = parseFlag(body, 'suppress_revoke_notification_email')
    badge.revocationReason = reason
    setState(deps, badge, 'revoked')
    write(deps, badge, { kind: 'revoked', suppressed })
    return badge
  }

  function replace(organizationId: string, id: string, input: unknown): SimBadge {
    const old = findBadge(organizationId, id)
    const body = parseBody(input)
    if (old.replacementBadgeId !== null) {
      const message = 'This badge cannot be replaced because it has already been replaced.'
      const current = { current_badge_id: currentOf(state, old).id }
      throw new CredlyRefusal(422, `Validation failed: ${message}`, current)
    }
    if (old.state === 'revoked') throw refuse('This badge has already been revoked.')
    const badge = add(deps, checkReplacement(state, old, body))
    old.replacementBadgeId = badge.id
    old.updatedAt = now()
    deps.announce('badge.state.changed', old)
    tell(deps, badge, 'replaced')
    return badge
  }

  function remove(organizationId: string, id: string): void {
    const badge = findBadge(organizationId, id)
    deps.announce('badge.deleted', badge)
    forget(state, badge)
  }

  /** What the learner does with a pending badge. */
  function answer(id: string, choice: 'accepted' | 'rejected'): SimBadge {
    const badge = state.badges.get(id)
    if (badge === undefined) throw notFound()
    if (badge.state !== 'pending') throw refuse(`This badge is ${badge.state}.`)
    if (choice === 'accepted') accept(deps, badge)
    else setState(deps, badge, 'rejected')
    return badge
  }

  /** Whether the learner shows it to others. */
  function setPrivacy(id: string, isPublic: boolean): SimBadge {
    const badge = state.badges.get(id)
    if (badge === undefined) throw notFound()
    badge.public = isPublic
    badge.updatedAt = now()
    deps.announce('badge.privacy.changed', badge)
    return badge
  }

  return { findBadge, issue, issueAll, revoke, replace, remove, answer, setPrivacy }
}

/** The badge that stands at the end of the replacements. */
function currentOf(state: CredlyState, badge: SimBadge): SimBadge {
  const next = badge.replacementBadgeId && state.badges.get(badge.replacementBadgeId)
  return next ? currentOf(state, next) : badge
}

function store(deps: BadgeDeps, facts: BadgeFacts): SimBadge {
  const badge = add(deps, facts)
  tell(deps, badge)
  return badge
}

function add({ state, newId, now }: BadgeDeps, facts: BadgeFacts): SimBadge {
  const at = now()
  const badge: SimBadge = {
    ...facts,
    id: newId(),
    createdAt: at,
    updatedAt: at,
    stateUpdatedAt: at,
    state: 'pending',
    public: true,
    revocationReason: null,
    replacementBadgeId: null,
  }
  state.badges.set(badge.id, badge)
  state.templates.get(badge.templateId)?.badges.push(badge)
  return badge
}

function tell(deps: BadgeDeps, badge: SimBadge, kind: SimMail['kind'] = 'issued'): void {
  deps.announce('badge.created', badge)
  write(deps, badge, { kind, suppressed: badge.quiet })
  if (deps.isAutoAccepting()) accept(deps, badge)
}

function forget(state: CredlyState, badge: SimBadge): void {
  state.badges.delete(badge.id)
  const siblings = state.templates.get(badge.templateId)?.badges ?? []
  const at = siblings.indexOf(badge)
  if (at >= 0) siblings.splice(at, 1)
}

/** Whoever accepts has an account from then on. */
function accept(deps: BadgeDeps, badge: SimBadge): void {
  const { state, newId } = deps
  const { email, firstName, lastName } = badge
  let account = accountOf(state, email)
  if (account === undefined) {
    account = { id: newId(), emails: [email], firstName, lastName }
    state.accounts.push(account)
  }
  badge.accountId = account.id
  setState(deps, badge, 'accepted')
}

function setState({ now, announce }: BadgeDeps, badge: SimBadge, to: BadgeState): void {
  badge.state = to
  badge.stateUpdatedAt = now()
  badge.updatedAt = badge.stateUpdatedAt
  announce('badge.state.changed', badge)
}

function write(
  { state, now }: BadgeDeps,
  badge: SimBadge,
  mail: Pick<SimMail, 'kind' | 'suppressed'>,
) {
  const { id, email, locale } = badge
  state.mails.push({ ...mail, badgeId: id, to: email, locale, at: now().toISOString() })
}
