import { randomUUID } from 'node:crypto'
import { ProviderError } from '@rosette/providers'
import { type Db, isUniqueViolation, isUnstorable } from '../../db/database.js'
import { AppError } from '../../http/app-error.js'
import { countIssuance } from '../../telemetry/events.js'
import { messageOf } from '../../telemetry/message-of.js'
import {
  type AccountClients,
  type AccountHealth,
  type AccountRow,
  findAccount,
  graceMs,
} from '../provider-accounts/provider-accounts.js'
import { attempt, type Outcome, TryFailed } from './attempt.js'
import {
  type Claim,
  claimNext,
  findTaken,
  keepAddress,
  type Settled,
  settleClaim,
} from './claim-repository.js'
import { mostTries, retryDelay } from './retry-delay.js'

/** After this long a try is taken to be dead and another looks what it did. */
const leaseMs = 45_000
/** Well before that, a try gives up by itself, so that no call of it is still on its way. */
const tryMs = 25_000

export type TryDeps = {
  readonly db: Db
  readonly accounts: Pick<AccountClients, 'open'>
  readonly accountHealth: AccountHealth
  readonly now: () => Date
  readonly random: () => number
}

/** `none`: nothing is due. `wait`: the account is to be left alone for a while. */
export type Tried =
  | { readonly is: 'tried' }
  | { readonly is: 'none' }
  | { readonly is: 'wait'; readonly ms: number }

/** Takes the next issuance of an account that is due, tries it, and writes down how that ended. */
export async function tryNext(deps: TryDeps, accountId: string): Promise<Tried> {
  const { db, now } = deps
  const start = now()
  // Counted with the lease: also waiting for the database takes its time.
  const signal = AbortSignal.timeout(tryMs)
  const claim = await claimNext(db, accountId, {
    claim: randomUUID(),
    at: start.toISOString(),
    until: new Date(start.getTime() + leaseMs).toISOString(),
  })
  if (claim === undefined) return { is: 'none' }
  const { settled, waitMs, recovered } = await tryClaim(deps, claim, signal)
  if (await settle(deps, claim, settled)) countIssuance(settled.state)
  if (recovered !== undefined) await deps.accountHealth.succeeded(recovered)
  return waitMs === undefined ? { is: 'tried' } : { is: 'wait', ms: waitMs }
}

async function settle(deps: TryDeps, claim: Claim, settled: Settled): Promise<boolean> {
  const { db, now, random } = deps
  const at = now().toISOString()
  try {
    return await settleClaim(db, claim, { at, settled })
  } catch (error) {
    if (!isUniqueViolation(error) && !isUnstorable(error)) throw error
    // Else it would be tried for ever, and nobody would see why.
    return await settleClaim(db, claim, {
      at,
      settled: failed(claim, {
        error: isUniqueViolation(error)
          ? 'The provider answered with a badge that stands for another award.'
          : 'The provider answered with something that cannot be stored.',
        uncertain: true,
        at: now(),
        random: random(),
      }),
    })
  }
}

type Result = {
  readonly settled: Settled
  readonly waitMs?: number
  /** The account, where it did well after it had failed. */
  readonly recovered?: string
}

async function tryClaim(deps: TryDeps, claim: Claim, signal: AbortSignal): Promise<Result> {
  const { db, accounts } = deps
  let account: AccountRow | undefined
  try {
    const opened = await accounts.open(claim.accountId)
    account = opened.account
    const outcome = await attempt(claim, {
      provider: opened.provider,
      findTaken: (ids) => findTaken(db, claim, ids),
      keepAddress: () => keepAddress(db, claim),
      signal,
    })
    const settled = toSettled(outcome, claim)
    const isRecovered = account.failures > 0 || account.probes > 0
    return isRecovered && outcome.is !== 'stopped'
      ? { settled, recovered: account.id }
      : { settled }
  } catch (error) {
    const failure = error instanceof TryFailed ? error : new TryFailed(error, claim.wasUncertain)
    return await judge(deps, { claim, account, failure })
  }
}

type Failed = {
  readonly claim: Claim
  readonly account: AccountRow | undefined
  readonly failure: TryFailed
}

/** What a failure means: for the account, and for this issuance. */
async function judge(deps: TryDeps, { claim, account, failure }: Failed): Promise<Result> {
  const { now, random, accountHealth: health } = deps
  const { cause, mayHaveIssued: uncertain } = failure
  const error = messageOf(cause)
  const later = (ms: number) => new Date(now().getTime() + ms).toISOString()
  const kind = kindOf(cause)
  if (kind === 'rate-limited') {
    const ms = cause instanceof ProviderError ? (cause.retryAfterMs ?? 30_000) : 30_000
    const state = claim.wanted === 'issued' ? 'queued' : 'revoking'
    const note = 'It waits for its turn: the limit of requests is reached.'
    return { settled: { state, nextTryAt: later(ms), uncertain, counts: false, note }, waitMs: ms }
  }
  if (kind === 'unauthorized') {
    const known = account ?? (await findAccount(deps.db, claim.accountId))
    if (known !== undefined) await health.pause(known, error)
    const note = 'The account is paused until its key works.'
    const nextTryAt = later(60_000)
    return {
      settled: { state: 'failed', nextTryAt, uncertain, counts: false, error, note },
      waitMs: 1000,
    }
  }
  if (kind === 'refused') {
    return { settled: stopped(claim, { error, reason: reasonOf(cause), uncertain }) }
  }
  if (account !== undefined) await health.failed(account, error)
  return { settled: failed(claim, { error, uncertain, at: now(), random: random() }) }
}

type Failure = {
  readonly error: string
  readonly uncertain: boolean
  readonly at: Date
  readonly random: number
}

/** To be tried again, unless that was done often enough. */
function failed(claim: Claim, { error, uncertain, at, random }: Failure): Settled {
  if (claim.attempts >= mostTries) {
    return stopped(claim, { error, reason: 'too-many-tries', uncertain })
  }
  // Looked for too early, what was ordered may not be there yet.
  const ms = Math.max(retryDelay(claim.attempts, random), uncertain ? graceMs : 0)
  const nextTryAt = new Date(at.getTime() + ms).toISOString()
  return { state: 'failed', nextTryAt, uncertain, counts: true, error }
}

type Kind = ProviderError['kind'] | 'broken'

// An account without a usable key is no fault of the badge.
function kindOf(cause: unknown): Kind {
  if (cause instanceof ProviderError) return cause.kind
  return cause instanceof AppError ? 'unauthorized' : 'broken'
}

function reasonOf(cause: unknown): string {
  return cause instanceof ProviderError ? (cause.reason ?? 'other') : 'other'
}

const remedies: Readonly<Record<string, string>> = {
  'template-unavailable':
    'Make the template active at the provider, or choose another for this badge; then retry.',
  'recipient-refused': 'Correct the address or the name of the learner, then retry.',
  'no-credits': 'Add credits to the account at the provider, then retry.',
  'not-found': 'Look for the badge at the provider. Retry issues it anew.',
  replaced: 'It was replaced at the provider. Revoke the replacement there.',
  'too-many-tries': 'Look whether the provider reports a problem, then retry.',
}
const otherRemedy = 'Read what the provider says, remove the cause, then retry.'

function stopped(
  claim: Claim,
  {
    error,
    reason,
    uncertain,
  }: { readonly error: string; readonly reason: string; readonly uncertain: boolean },
): Settled {
  const remedy = remedies[reason] ?? otherRemedy
  const what = claim.wanted === 'issued' ? 'issued' : 'revoked'
  const note = `It was not ${what}, and waits for a person.`
  return { state: 'stopped', nextTryAt: null, uncertain, counts: true, error, reason, remedy, note }
}

function toSettled(outcome: Outcome, claim: Claim): Settled {
  const { badge } = outcome
  const known =
    badge === undefined
      ? {}
      : { externalId: badge.id, externalUrl: badge.url, externalState: badge.state }
  const base = { nextTryAt: null, counts: true, ...known }
  if (outcome.is === 'issued') {
    return { ...base, state: 'issued', uncertain: false, note: outcome.note }
  }
  if (outcome.is === 'revoked') {
    return {
      ...base,
      state: 'revoked',
      uncertain: false,
      note: outcome.note,
      effect: outcome.effect,
    }
  }
  const { error, reason, remedy } = outcome
  // Nothing was sent now; what an earlier try did is still not known, unless it was found.
  const uncertain = claim.wasUncertain && badge === undefined && reason !== 'duplicate'
  return { ...base, state: 'stopped', uncertain, error, reason, remedy }
}

/** Probes a paused account if its probe is due. */
export async function probeAccount(
  { accounts, accountHealth: health }: TryDeps,
  accountId: string,
): Promise<void> {
  const account = await health.claimProbe(accountId)
  if (account === undefined) return
  await health.probe(account, async () => (await accounts.open(accountId)).provider)
}
