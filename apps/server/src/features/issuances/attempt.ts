import {
  type Order,
  type Provider,
  type ProviderBadge,
  ProviderError,
  providerNames,
} from '@rosette/providers'
import type { Claim } from './claim-repository.js'
import { pickOwn } from './pick-own.js'

/** How a try ended well, or why it needs a person. Failures of calls are thrown instead. */
export type Outcome =
  | { readonly is: 'issued'; readonly badge: ProviderBadge; readonly note: string }
  | {
      readonly is: 'revoked'
      readonly badge?: ProviderBadge
      readonly note: string
      readonly effect: string
    }
  | {
      readonly is: 'stopped'
      readonly badge?: ProviderBadge
      readonly reason: string
      readonly error: string
      readonly remedy: string
    }

type Deps = {
  readonly provider: Provider
  /** Which of these badges stand for other awards of ours. */
  readonly findTaken: (externalIds: readonly string[]) => Promise<ReadonlySet<string>>
  /** Called when an order names another address than the orders before it. */
  readonly keepAddress: () => Promise<void>
  readonly signal: AbortSignal
}

/** Does what the award asks for at the provider, once. Throws a `TryFailed` around what went wrong. */
export async function attempt(claim: Claim, deps: Deps): Promise<Outcome> {
  return claim.wanted === 'issued' ? await issue(claim, deps) : await revoke(claim, deps)
}

/** A call failed; with it, whether by now a badge may have been issued that nobody has seen. */
export class TryFailed extends Error {
  readonly mayHaveIssued: boolean

  constructor(cause: unknown, mayHaveIssued: boolean) {
    super('The try failed.', { cause })
    this.name = 'TryFailed'
    this.mayHaveIssued = mayHaveIssued
  }
}

async function issue(claim: Claim, deps: Deps): Promise<Outcome> {
  const { provider } = deps
  const missing = missingOf(claim, provider)
  // Before that, what was sent to an address that is gone since has to be looked for.
  if (missing !== undefined && !claim.wasUncertain) return missing
  const before = await seen(claim, () => badgeFromBefore(claim, deps))
  if (before?.standing === 'live') {
    return { is: 'issued', badge: before, note: 'It was there already: an answer had been lost.' }
  }
  if (missing !== undefined) return missing
  if (before !== undefined) {
    const renewed = await renew(before, claim, deps)
    if (renewed !== undefined) return renewed
  }
  return await issueAnew(claim, deps)
}

async function issueAnew(claim: Claim, deps: Deps): Promise<Outcome> {
  const { provider, signal } = deps
  if (claim.wasUncertain && claim.sentTo !== claim.email) await seen(claim, deps.keepAddress)
  try {
    const badge = await provider.issue(toOrder(claim), { signal })
    return issuedOrUnpublished(badge, `Issued at ${nameOf(provider)}.`, provider)
  } catch (error) {
    if (isRefusal(error, 'duplicate')) return await adopt(error, claim, deps)
    // Nobody knows what a call has done that was not answered; the next try looks first.
    throw new TryFailed(error, mayHaveEffect(error))
  }
}

/** The learner holds the badge there already, by whatever way: it is not issued twice. */
async function adopt(refusal: ProviderError, claim: Claim, deps: Deps): Promise<Outcome> {
  const { provider, signal } = deps
  const found = await seen({ ...claim, wasUncertain: false }, async () => {
    const held = await candidates(claim, deps, claim.email)
    const own = pickOwn(held, claim, { mustMatch: false })
    const { badgeId } = refusal
    if (own?.standing === 'live' || badgeId === undefined) return own
    // The provider may know the person under another address.
    const isTaken = (await deps.findTaken([badgeId])).has(badgeId)
    return isTaken ? own : ((await provider.getBadge(badgeId, { signal })) ?? own)
  })
  const name = nameOf(provider)
  if (found?.standing === 'live') {
    return { is: 'issued', badge: found, note: `The learner held the badge at ${name} already.` }
  }
  if (found !== undefined) {
    const renewed = await renew(found, claim, deps)
    if (renewed !== undefined) return renewed
  }
  return {
    is: 'stopped',
    reason: 'duplicate',
    error: refusal.message,
    remedy: `Allow several badges per person in the template at ${name}, then retry.`,
  }
}

/** Our badge of an earlier try: the one we know, or one in its place whose answer was lost. */
async function badgeFromBefore(claim: Claim, deps: Deps): Promise<ProviderBadge | undefined> {
  const { provider, signal } = deps
  const { externalId } = claim
  const known = externalId === null ? undefined : await provider.getBadge(externalId, { signal })
  if (known?.standing === 'live' || !claim.wasUncertain) return known
  const held = await candidates(claim, deps, claim.sentTo ?? claim.email)
  return pickOwn(held, claim, { mustMatch: true }) ?? known
}

async function candidates(
  claim: Claim,
  { provider, findTaken, signal }: Deps,
  email: string,
): Promise<readonly ProviderBadge[]> {
  if (email === '') return []
  const wanted = { templateId: claim.externalTemplateId, email, awardId: claim.awardId }
  const found = await provider.findByRecipient(wanted, { signal })
  const taken = await findTaken(found.map((badge) => badge.id))
  return found.filter((badge) => !taken.has(badge.id))
}

async function renew(
  badge: ProviderBadge,
  claim: Claim,
  { provider, signal }: Deps,
): Promise<Outcome | undefined> {
  const mayRenew = provider.capabilities.reissue === 'renew' || badge.standing === 'unpublished'
  if (provider.renew === undefined || !mayRenew) return undefined
  // Done twice it says the same, so a lost answer does no harm.
  const renewed = await seen(claim, async () =>
    provider.renew?.(badge.id, toOrder(claim), { signal }),
  )
  if (renewed === undefined) return undefined
  return issuedOrUnpublished(renewed, `Brought back to life at ${nameOf(provider)}.`, provider)
}

function issuedOrUnpublished(badge: ProviderBadge, note: string, provider: Provider): Outcome {
  if (badge.standing !== 'unpublished') return { is: 'issued', badge, note }
  const name = nameOf(provider)
  return {
    is: 'stopped',
    badge,
    reason: 'no-credits',
    error: `${name} made the badge but has not published it.`,
    remedy: `Look whether the account at ${name} has credits left and publishes by itself, then retry.`,
  }
}

async function revoke(claim: Claim, deps: Deps): Promise<Outcome> {
  const { provider, signal } = deps
  const isKnown = claim.externalId !== null && !claim.wasUncertain
  const before = isKnown ? undefined : await seen(claim, () => badgeFromBefore(claim, deps))
  const id = before?.id ?? claim.externalId ?? undefined
  if (id === undefined) {
    return { is: 'revoked', note: 'Revoked before it was issued.', effect: 'none' }
  }
  if ((await deps.findTaken([id])).has(id)) {
    return { is: 'revoked', note: 'A later award has taken this badge over.', effect: 'none' }
  }
  const effect = provider.capabilities.revocation
  const at = claim.revokedAt ?? claim.awardedAt
  // Providers refuse an empty reason.
  const reason = claim.revocationReason ?? 'The requirements are not fulfilled any more.'
  try {
    const badge = await provider.revoke(id, { reason, at, notify: claim.notifies }, { signal })
    return { is: 'revoked', badge, note: notes[effect](nameOf(provider)), effect }
  } catch (error) {
    const isGone = isRefusal(error, 'not-found')
    if (isGone && !(await seen(claim, () => showsTemplate(claim, deps)))) return elsewhere(provider)
    if (isGone || isRefusal(error, 'already-ended')) {
      return { is: 'revoked', note: `It had ended at ${nameOf(provider)} already.`, effect: 'none' }
    }
    throw new TryFailed(error, claim.wasUncertain)
  }
}

// An account that was given another key or address sees nothing of what it issued.
async function showsTemplate(claim: Claim, { provider, signal }: Deps): Promise<boolean> {
  return (await provider.getTemplate(claim.externalTemplateId, { signal })) !== undefined
}

function elsewhere(provider: Provider): Outcome {
  const name = nameOf(provider)
  return {
    is: 'stopped',
    reason: 'not-found',
    error: `${name} shows this account neither the badge nor its template, so the badge may still be there.`,
    remedy: `Look whether key and address of the account lead to where the badge was issued, then retry. If the template was deleted at ${name}, look there whether the badge has ended.`,
  }
}

const notes = {
  revoke: (name: string) => `Revoked at ${name}.`,
  expire: (name: string) => `Expired at ${name}, which has no other way to revoke.`,
  delete: (name: string) => `Deleted at ${name}, which has no other way to revoke.`,
}

/** Reads change nothing, so a failed one leaves what was known. */
async function seen<T>(claim: Pick<Claim, 'wasUncertain'>, look: () => Promise<T>): Promise<T> {
  try {
    return await look()
  } catch (error) {
    throw new TryFailed(error, claim.wasUncertain)
  }
}

function mayHaveEffect(error: unknown): boolean {
  // Of an error that is no answer of the provider nothing is known either.
  return !(error instanceof ProviderError) || error.kind === 'unanswered'
}

function isRefusal(error: unknown, reason: ProviderError['reason']): error is ProviderError {
  return error instanceof ProviderError && error.kind === 'refused' && error.reason === reason
}

function missingOf(claim: Claim, provider: Provider): Outcome | undefined {
  const { requires } = provider.capabilities
  const missing = requires.find((what) => claim[what].trim() === '')
  if (missing === undefined) return undefined
  const what = missing === 'email' ? 'e-mail address' : 'name'
  return {
    is: 'stopped',
    reason: `no-${missing}`,
    error: `The learner has no ${what}, and ${nameOf(provider)} issues no badge without one.`,
    remedy: `It is retried by itself once the LMS or a person has given the ${what}.`,
  }
}

function toOrder(claim: Claim): Order {
  return {
    templateId: claim.externalTemplateId,
    awardId: claim.awardId,
    recipient: { email: claim.email, name: claim.name, id: claim.learnerId },
    issuedAt: claim.awardedAt,
    expiresAt: claim.expiresAt,
    evidence: claim.evidence,
    narrative: claim.narrative,
    locale: claim.locale,
    notify: claim.notifies,
  }
}

const names = { ...providerNames, badgr: 'the Badgr service' }

/** How people call the provider. */
function nameOf({ kind }: Pick<Provider, 'kind'>): string {
  return names[kind]
}
