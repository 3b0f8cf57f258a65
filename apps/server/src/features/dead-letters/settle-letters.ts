import { type Db, inTransaction, isDatabaseOutage, type Tx } from '../../db/database.js'
import { AppError } from '../../http/app-error.js'
import { messageOf } from '../../telemetry/message-of.js'
import { recordAudit } from '../audit/audit.js'
import { type Decoded, decodeEntry, isRefused } from '../events/events.js'
import {
  countParked,
  type DeadLetterRow,
  lockLetter,
  parkedLetters,
  settleLetter,
} from './dead-letter-repository.js'

type Deps = {
  readonly db: Db
  readonly badgesEnabled: boolean
  readonly configuredTypes: ReadonlySet<string>
  /** Takes decoded entries the way that a consumer takes them. */
  readonly apply: (tx: Tx, decoded: readonly Decoded[], consumerGroup: string) => Promise<unknown>
  readonly now: () => Date
}

const mostAtOnce = 1000

/** What a person does about entries that could not be used. */
export function createDeadLetters(deps: Deps) {
  const { db, badgesEnabled, configuredTypes, apply, now } = deps

  /** Tries the entry again with the settings of today; what is refused again stays parked. */
  async function replay(id: string, actor: string): Promise<void> {
    if (!badgesEnabled) throw disabled()
    try {
      await settle(id, { actor, state: 'replayed' }, async (tx, letter) => {
        await apply(tx, [decodeAgain(letter, configuredTypes)], letter.consumer_group)
      })
    } catch (cause) {
      if (cause instanceof AppError || isDatabaseOutage(cause)) throw cause
      const reason = messageOf(cause)
      throw refused('handling-failed', reason, cause)
    }
  }

  /** Tries the oldest of one reason, each by itself, so that one refusal holds up no other. */
  async function replayAll(reason: string, actor: string) {
    if (!badgesEnabled) throw disabled()
    const ids = await parkedLetters(db, reason, mostAtOnce)
    const before = await countParked(db, reason)
    let replayed = 0
    for (const id of ids) if (await couldReplay(id, actor)) replayed += 1
    const refusedAgain = ids.length - replayed
    return { replayed, refused: refusedAgain, remaining: Math.max(0, before - ids.length) }
  }

  async function couldReplay(id: string, actor: string): Promise<boolean> {
    try {
      await replay(id, actor)
      return true
    } catch (error) {
      if (error instanceof AppError) return false
      throw error
    }
  }

  async function discard(id: string, actor: string): Promise<void> {
    await settle(id, { actor, state: 'discarded' }, async () => {})
  }

  async function settle(
    id: string,
    { actor, state }: { readonly actor: string; readonly state: 'replayed' | 'discarded' },
    work: (tx: Tx, letter: DeadLetterRow) => Promise<void>,
  ): Promise<void> {
    await inTransaction(db, async (tx) => {
      const letter = await lockLetter(tx, id)
      if (letter.state !== 'parked') {
        const message = `This dead letter was ${letter.state} at ${letter.settled_at}.`
        throw new AppError('dead-letter-settled', message)
      }
      await work(tx, letter)
      await settleLetter(tx, id, { state, at: now().toISOString() })
      const action = state === 'replayed' ? 'dead-letter.replay' : 'dead-letter.discard'
      const { reason, topic, position } = letter
      const detail = { reason, topic, position }
      await recordAudit(tx, { actor, action, subject: `dead-letter/${id}`, detail })
    })
  }

  return { replay, replayAll, discard }
}

export type DeadLetters = ReturnType<typeof createDeadLetters>

function decodeAgain(letter: DeadLetterRow, configured: ReadonlySet<string>): Decoded {
  const { topic, position, headers, value } = letter
  const decoded = decodeEntry({ topic, position, headers, value }, configured)
  if (decoded === 'passed-over') {
    const remedy = 'Add it to BADGES_CONFIG.events, or discard the letter.'
    throw refused(
      'not-configured',
      `Events of type ${letter.event_type} are passed over. ${remedy}`,
    )
  }
  if (isRefused(decoded)) throw refused(decoded.reason, decoded.detail)
  return decoded
}

function refused(code: string, reason: string, cause?: unknown): AppError {
  const faults = [{ path: '', reason, code }]
  const message = 'The entry still cannot be used, and stays parked.'
  return new AppError('replay-refused', message, { faults, cause })
}

function disabled(): AppError {
  const remedy = 'Set BADGES_ENABLED to true.'
  return new AppError('badges-disabled', `Nothing is processed while badges are off. ${remedy}`)
}
