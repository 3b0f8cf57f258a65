import type { Recomputation } from '@rosette/contract'
import { EVERY } from '@rosette/engine'
import { type Db, inTransaction } from '../../db/database.js'
import type { Reach } from '../../db/reach.js'
import { AppError } from '../../http/app-error.js'
import { recordAudit } from '../audit/audit.js'
import type { AwardEvent, Consequences } from '../awards/awards.js'
import { learnerOr404, lockLearners } from '../learners/learners.js'
import { carryOutAndReact, judge, standingOf, type Touched } from '../progress/progress.js'
import type { ActiveRulesHolder } from '../templates/templates.js'
import { templatesToJudge } from './recompute-repository.js'

type Deps = {
  readonly db: Db
  readonly rules: ActiveRulesHolder
  readonly consequences: Consequences
  readonly now: () => Date
}

/** Judges one learner anew by the marks and the rules in force, under the locks that consumers take. */
export function createRecomputation({ db, rules, consequences, now }: Deps) {
  async function recompute(publicId: string, reach: Reach, actor: string): Promise<Recomputation> {
    return await inTransaction(db, async (tx) => {
      const inForce = await rules.current(tx)
      const { id } = await learnerOr404(tx, publicId)
      const [learner] = await lockLearners(tx, [id])
      if (learner === undefined) {
        throw new AppError('learner-not-found', `There is no learner ${publicId}.`)
      }
      const ids = await templatesToJudge(tx, id, reach)
      const touched = ids.flatMap(({ templateId, instances }): Touched[] => {
        const template = inForce.template(templateId)
        if (template === undefined) return []
        return [EVERY, ...instances].map((instance) => ({ learner, template, instance }))
      })
      const judged = judge(touched, await standingOf(tx, touched), now())
      const changes = judged.flatMap(({ change }) => change ?? [])
      const told = await carryOutAndReact(tx, changes, { rules: inForce, consequences, now })
      const instanceOf = new Map(judged.map((one) => [one.award?.id, one.progress.instance]))
      const answer = {
        judged: judged.length,
        changes: told.map((event) => toChange(event, changes, instanceOf)),
      }
      const subject = `learner/${publicId}`
      const detail = { judged: answer.judged, changes: answer.changes.length }
      await recordAudit(tx, { actor, action: 'learner.recompute', subject, detail })
      return answer
    })
  }

  return { recompute }
}

function toChange(
  { awardId, event, data }: AwardEvent,
  changes: readonly Parameters<typeof carryOutAndReact>[1][number][],
  instances: ReadonlyMap<string | undefined, string>,
): Recomputation['changes'][number] {
  const granted = changes.flatMap((c) => (c.change === 'grant' ? [c.award] : []))
  const instance =
    granted.find((award) => award.id === awardId)?.instance ?? instances.get(awardId) ?? EVERY
  return {
    change: event.type.includes('.awarded.') ? 'granted' : 'revoked',
    awardId,
    template: templateIn(data.badge['template']),
    instance: instance === EVERY ? null : instance.slice(1),
  }
}

function templateIn(template: unknown): { readonly id: string; readonly name: string } {
  const isKnown = typeof template === 'object' && template !== null
  const id: unknown = isKnown ? Reflect.get(template, 'uuid') : undefined
  const name: unknown = isKnown ? Reflect.get(template, 'name') : undefined
  return { id: String(id), name: String(name) }
}
