import { type Db, inTransaction, type Tx } from '../../db/database.js'
import { log } from '../../telemetry/log.js'
import type { Awards } from '../awards/awards.js'
import { BadgrError, badFields } from '../badgr-auth/badgr-auth.js'
import type { Credentials } from '../credentials/credentials.js'
import { insertByHand, waitForOthersByHand } from '../learners/learners.js'
import {
  type AssertionRow,
  findAssertionRows,
  findLearnersByEmail,
  lockOwnIssuance,
} from './assertion-repository.js'
import type { AssertionGiven } from './read-assertion.js'

export type IssueDeps = {
  readonly db: Db
  readonly now: () => Date
  readonly awards: Pick<Awards, 'grantMany'>
  readonly credentials: Pick<Credentials, 'sign'>
  /** The rules hold still until the transaction ends. */
  readonly holdRules: (tx: Tx) => Promise<void>
  /** Writes to the learners about these awards, or does not, whatever is usual here. */
  readonly letters: {
    readonly write: (tx: Tx, awardIds: readonly string[]) => Promise<void>
    readonly withhold: (tx: Tx, awardIds: readonly string[]) => Promise<void>
  }
}

type Refusal = { readonly index: number; readonly error: BadgrError }
type Outcome = Awaited<ReturnType<Awards['grantMany']>>[number]

const already = 'A previous award of this badge already exists for this recipient.'
const expired =
  'The recipient holds this badge, and it has expired. Give the award that is there another "expires".'

/**
 * Awards to all of them or to none. Somebody who holds the badge holds it once: a second award is the
 * first one again. Nobody is entered as a learner twice, also by two requests at once.
 */
export function createIssuing(deps: IssueDeps) {
  const { db, now, awards, holdRules, letters } = deps

  async function issue(
    templateId: string,
    given: readonly AssertionGiven[],
    actor: string,
  ): Promise<AssertionRow[]> {
    const ids = await inTransaction(db, async (tx) => {
      // The rules first, whoever enters learners second: consumers and imports lock in this order.
      await holdRules(tx)
      const learners = await enterLearners(tx, given)
      const rows = given.map((one) => toGrant(one, templateId, learners))
      const outcomes = await awards.grantMany(tx, rows, { actor, reason: 'Badgr API' })
      await refuseWhatFailed(tx, given, outcomes)
      const fresh = (notify: boolean) =>
        outcomes.flatMap((one, index) =>
          one.result === 'awarded' && given[index]?.notify === notify ? [one.awardId] : [],
        )
      await letters.write(tx, fresh(true))
      await letters.withhold(tx, fresh(false))
      return outcomes.flatMap(({ awardId }) => awardId ?? [])
    })
    for (const id of new Set(ids)) await signNow(deps, id)
    return await findAssertionRows(db, ids)
  }

  async function refuseWhatFailed(
    tx: Tx,
    given: readonly AssertionGiven[],
    outcomes: readonly Outcome[],
  ): Promise<void> {
    const held = outcomes.flatMap((one) => (one.result === 'held' ? (one.awardId ?? []) : []))
    const before = new Map((await findAssertionRows(tx, held)).map((row) => [row.id, row]))
    const refusals = outcomes.flatMap((one, index): readonly Refusal[] => {
      const error = refusalOf(one, {
        given: given[index],
        before: before.get(one.awardId ?? ''),
        at: now(),
      })
      return error === undefined ? [] : [{ index, error }]
    })
    const [first] = refusals
    if (first === undefined) return
    if (given.length === 1) throw first.error
    throw badFields(given.map((_, index) => fieldsOfRefusal(refusals, index)))
  }

  return { issue }
}

export type Issuing = ReturnType<typeof createIssuing>

type Circumstances = {
  readonly given: AssertionGiven | undefined
  readonly before: AssertionRow | undefined
  readonly at: Date
}

function refusalOf(one: Outcome, { given, before, at }: Circumstances): BadgrError | undefined {
  if (one.result === 'failed')
    return new BadgrError(400, 'bad request', { validationErrors: [one.detail] })
  if (one.result !== 'held' || before === undefined) return undefined
  const isExpired = before.expiresAt !== null && Date.parse(before.expiresAt) <= at.getTime()
  if (isExpired) return new BadgrError(400, 'bad request', { validationErrors: [expired] })
  if (given?.allowsDuplicates !== false) return undefined
  return new BadgrError(400, 'bad request', { validationErrors: [already] })
}

function fieldsOfRefusal(refusals: readonly Refusal[], index: number): object {
  const error = refusals.find((one) => one.index === index)?.error
  return error === undefined ? {} : { nonFieldErrors: error.validationErrors }
}

async function enterLearners(
  tx: Tx,
  given: readonly AssertionGiven[],
): Promise<ReadonlyMap<string, number>> {
  const emails = [...new Set(given.map(({ email }) => email))]
  const known = await findLearnersByEmail(tx, emails)
  if (emails.every((email) => known.has(email))) return known
  await waitForOthersByHand(tx)
  // Read again: somebody else may have entered them meanwhile.
  const learners = new Map(await findLearnersByEmail(tx, emails))
  for (const email of emails.filter((one) => !learners.has(one))) {
    learners.set(email, (await insertByHand(tx, { username: email, email })).id)
  }
  return learners
}

function toGrant(
  one: AssertionGiven,
  templateId: string,
  learners: ReadonlyMap<string, number>,
): Parameters<Awards['grantMany']>[1][number] {
  const { email, evidence, narrative, issuedOn, expires } = one
  return {
    learnerId: learners.get(email) ?? 0,
    templateId,
    evidence,
    ...(narrative !== undefined && { narrative }),
    ...(issuedOn !== undefined && { awardedAt: issuedOn }),
    ...(expires !== undefined && { expiresAt: expires }),
  }
}

/**
 * Signs the badge at once, because the answer names its hash. The job of the queue finds it signed; what
 * goes wrong here it will try again, and show.
 */
async function signNow({ db, credentials }: IssueDeps, awardId: string): Promise<void> {
  try {
    await inTransaction(db, async (tx) => {
      if (await lockOwnIssuance(tx, awardId)) await credentials.sign(tx, awardId)
    })
  } catch (error) {
    log.warn({ err: error, awardId }, 'a badge was not signed at once; the queue will try again')
  }
}
