import type { Tx } from '../../db/database.js'
import type { AwardEvent } from '../awards/awards.js'
import type { ActiveRulesHolder } from '../templates/templates.js'
import { applyMatches, logAwardEvents, matchAwards, type RuleRun } from './apply-rules.js'

/** What follows from awards that a person granted or revoked: other badges may be built on them. */
export function createReaction({
  rules,
  ...deps
}: Omit<RuleRun, 'rules'> & { readonly rules: ActiveRulesHolder }) {
  /** Call before learners are locked: the rules stand still until `tx` ends. */
  async function prepare(tx: Tx): Promise<void> {
    await rules.current(tx)
  }

  async function react(tx: Tx, events: readonly AwardEvent[]): Promise<void> {
    const inForce = await rules.current(tx)
    await logAwardEvents(tx, events)
    await applyMatches(tx, matchAwards(inForce, events), { ...deps, rules: inForce })
  }

  return { prepare, react }
}
