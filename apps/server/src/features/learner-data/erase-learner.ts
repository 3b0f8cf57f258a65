import { type Db, inTransaction, type Tx } from '../../db/database.js'
import { AppError } from '../../http/app-error.js'
import { recordAudit } from '../audit/audit.js'
import { type AwardChange, type Consequences, carryOut, notBefore } from '../awards/awards.js'
import { findTemplates } from '../templates/templates.js'
import {
  awardsToErase,
  blankAwards,
  blankLearner,
  blankRecords,
  deleteEvents,
  deleteLetters,
  deleteTraces,
  erasedReason,
  findToRetire,
  holdAllEvents,
  keepTombstone,
  lockToErase,
  type ToErase,
} from './erasure-repository.js'

type Deps = {
  readonly db: Db
  readonly consequences: Consequences
  readonly now: () => Date
}

/** How much of each there was. */
export type Erased = {
  readonly events: number
  readonly awards: number
  readonly credentials: number
  readonly atProviders: number
}

const nothing: Erased = { events: 0, awards: 0, credentials: 0, atProviders: 0 }

/**
 * Erases a learner for good.
 *
 * What goes: names, addresses and the LMS user id; all events; marks; what awards say beside the badge
 * (cause, evidence, results, narrative, reasons); the signed texts of every badge, of which only a salted
 * hash ever named the learner; what others said about the badges; signals that were sent; rows of imported files;
 * details in the audit log.
 *
 * What stays: a learner without a name, and the awards, all revoked. The bits of status lists are read from
 * them: without the awards, a copy of the badge that somebody kept would verify again. Their times and templates
 * stay with them, so that counts do not change afterwards. Of the audit log, who did what and when stays.
 *
 * Providers are asked to take their badges back. Until they have, the address under which a badge was ordered
 * is kept where the badge could not be found without it; a trigger deletes it then.
 *
 * Events that are delivered again, and later ones, are neither stored nor used: a hash of the LMS user id stays
 * for that. Erasing stops all consumers for its few milliseconds, so no batch that is half done brings
 * anything back, and the next one knows. Bytes of dead letters are not looked into; replayed, they are left out.
 */
export function createErasure({ db, consequences, now }: Deps) {
  /** The user name must be repeated: what is erased cannot come back. */
  async function erase(publicId: string, username: string, actor: string): Promise<Erased> {
    return await inTransaction(db, async (tx) => {
      await holdAllEvents(tx)
      const learner = await lockToErase(tx, publicId)
      if (learner === undefined) {
        throw new AppError('learner-not-found', `There is no learner ${publicId}.`)
      }
      if (learner.username !== username) {
        const message = `The user name is "${learner.username}", and not "${username}". Nothing was erased.`
        throw new AppError('conflict', message)
      }
      return await eraseLocked(tx, learner, actor)
    })
  }

  /** For the retirement of an account in the LMS: asked again, it finds nobody and changes nothing. */
  async function retire(
    who: { readonly lmsUserId?: number | undefined; readonly username?: string | undefined },
    actor: string,
  ): Promise<Erased & { readonly outcome: 'erased' | 'unknown' }> {
    return await inTransaction(db, async (tx) => {
      await holdAllEvents(tx)
      const found = await findToRetire(tx, who)
      let sum = nothing
      for (const publicId of found) {
        const learner = await lockToErase(tx, publicId)
        if (learner !== undefined) sum = added(sum, await eraseLocked(tx, learner, actor))
      }
      // Who was never seen here may still be in events on their way.
      if (who.lmsUserId !== undefined) await keepTombstone(tx, who.lmsUserId)
      return { ...sum, outcome: found.length > 0 ? 'erased' : 'unknown' }
    })
  }

  async function eraseLocked(tx: Tx, learner: ToErase, actor: string): Promise<Erased> {
    const awards = await awardsToErase(tx, learner.id)
    const ids = awards.map((award) => award.id)
    const active = awards.filter((award) => award.status === 'awarded')
    await carryOut(tx, await revocationsOf(tx, active, learner), consequences)
    if (learner.lms_user_id !== null) await keepTombstone(tx, learner.lms_user_id)
    const events = await deleteEvents(tx, learner)
    const credentials = await deleteTraces(tx, ids)
    await deleteLetters(tx, learner, ids)
    const atProviders = await blankAwards(tx, ids)
    await blankRecords(tx, learner, ids)
    await blankLearner(tx, learner, now().toISOString())
    const erased = { events, awards: awards.length, credentials, atProviders }
    const subject = `learner/${learner.public_id}`
    await recordAudit(tx, { actor, action: 'learner.erase', subject, detail: erased })
    return erased
  }

  // Whoever listens hears which badge ended, by the LMS user id, and no name. No rule need react: all awards end.
  async function revocationsOf(
    tx: Tx,
    awards: readonly { readonly id: string; readonly template_id: string; awarded_at: string }[],
    learner: ToErase,
  ): Promise<readonly AwardChange[]> {
    const templates = await findTemplates(tx, { ids: awards.map((award) => award.template_id) })
    const nobody = { username: '', email: '', name: '', isActive: false }
    const told = { ...nobody, id: learner.id, lmsUserId: learner.lms_user_id }
    return awards.flatMap(({ id, template_id, awarded_at }) => {
      const template = templates.find(({ row }) => row.id === template_id)
      if (template === undefined) return []
      const revokedAt = notBefore(awarded_at, now())
      const revocation = { id, by: 'hand' as const, revokedAt, reason: erasedReason, cause: {} }
      return [{ change: 'revoke' as const, learner: told, template: template.row, revocation }]
    })
  }

  return { erase, retire }
}

function added(a: Erased, b: Erased): Erased {
  return {
    events: a.events + b.events,
    awards: a.awards + b.awards,
    credentials: a.credentials + b.credentials,
    atProviders: a.atProviders + b.atProviders,
  }
}
