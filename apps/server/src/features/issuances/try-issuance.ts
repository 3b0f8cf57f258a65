import { randomUUID } from 'node:crypto'
import { ProviderError } from '@rosette/providers'
import type { Db } from '../../db/database.js'
import { AppError } from '../../http/app-error.js'
import { countIssuance } from '../../telemetry/events.js'
import type {
  AccountClients,
  AccountHealth,
  AccountRow,
} from '../provider-accounts/provider-accounts.js'
import { attempt, type Outcome, TryFailed } from './attempt.js'
import { type Claim, claimNext, findTaken, type Settled, settleClaim } from './claim-repository.js'
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
  const claim = await claimNext(db, accountId, {
    claim: randomUUID(),
    at: start.toISOString(),
    until: new Date(start.getTime() + leaseMs).toISOString(),
  })
  if (claim === undefined) return { is: 'none' }
  const { settled, waitMs } = await tryClaim(deps, claim)
  const isKept = await settleClaim(db, claim, { at: now().toISOString(), settled })
  if (isKept) countIssuance(settled.state)
  return waitMs === undefined ? { is: 'tried' } : { is: 'wait', ms: waitMs }
}

type Result = { readonly settled: Settled; readonly waitMs?: number }

async function tryClaim(deps: TryDeps, claim: Claim): Promise<Result> {
  const { db, accounts, accountHealth: health } = deps
  let account: AccountRow | undefined
  try {
    const opened = await accounts.open(claim.accountId)
    account = opened.account
    const outcome = await attempt(claim, {
      provider: opened.provider,
      findTaken: (ids) => findTaken(db, claim, ids),
      signal: AbortSignal.timeout(tryMs),
    })
    if (account.failures > 0) await health.succeeded(account.id)
    return { settled: toSettled(outcome, claim) }
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
    if (account !== undefined) await health.pause(account, error)
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
  if (claim.attempts >= mostTries) {
    const reason = 'too-many-tries'
    return { settled: stopped(claim, { error, reason, uncertain }) }
  }
  const nextTryAt = later(retryDelay(claim.attempts, random()))
  return { settled: { state: 'failed', nextTryAt, uncertain, counts: true, error } }
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

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
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
