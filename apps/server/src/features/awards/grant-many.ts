import { randomUUID } from 'node:crypto'
import type { Tx } from '../../db/database.js'
import type { EvidenceJson } from '../../db/schema.js'
import { AppError } from '../../http/app-error.js'
import { countByHand } from '../../telemetry/events.js'
import { recordAudit } from '../audit/audit.js'
import { lockLearners, type StoredLearner } from '../learners/learners.js'
import { findTemplates, type StoredTemplate } from '../templates/templates.js'
import { type AwardRow, latestAwards, type NewAward } from './award-repository.js'
import { type AwardChange, carryOut } from './carry-out.js'
import { type AwardDeps, assertGrantable, instanceOf } from './grant-checks.js'
import { datesOf } from './grant-dates.js'

/** One row to be granted; the learner by the internal id, known beforehand. */
export type GrantRow = {
  readonly learnerId: number
  readonly templateId: string
  readonly instance?: string | undefined
  readonly narrative?: string | undefined
  readonly evidence?: readonly EvidenceJson[] | undefined
  readonly awardedAt?: string | undefined
  readonly expiresAt?: string | undefined
}
export type GrantedOne =
  | { readonly result: 'awarded'; readonly awardId: string; readonly detail: null }
  | { readonly result: 'held' | 'failed'; readonly awardId: string | null; readonly detail: string }

type Grant = Extract<AwardChange, { change: 'grant' }>
type Held = { readonly id: string; readonly status: AwardRow['status'] }

/** Grants many in the transaction of the caller, and answers for each in the order given. */
export function createGrants({ consequences, now, reaction }: AwardDeps) {
  async function grantMany(
    tx: Tx,
    rows: readonly GrantRow[],
    { actor, reason }: { readonly actor: string; readonly reason: string },
  ): Promise<readonly GrantedOne[]> {
    await reaction.prepare(tx)
    const known = await whatIsKnown(tx, rows)
    const changes: Grant[] = []
    const outcomes = rows.map((row) => {
      const change = decideRow(row, known, { actor, now: now() })
      if (!('change' in change)) return change
      changes.push(change.change)
      const awardId = change.change.award.id
      return { result: 'awarded' as const, awardId, detail: null }
    })
    await reaction.react(tx, await carryOut(tx, changes, consequences))
    for (const { award } of changes) {
      const { templateId, learnerId } = award
      const organizationId = known.templates.get(templateId)?.row.organization_id ?? null
      const told = { organizationId, detail: { templateId, learnerId, reason } }
      await recordAudit(tx, { actor, action: 'award.grant', subject: `award/${award.id}`, ...told })
      countByHand('awarded')
    }
    return outcomes
  }

  async function whatIsKnown(tx: Tx, rows: readonly GrantRow[]): Promise<Known> {
    const ids = [...new Set(rows.map((row) => row.templateId))]
    const templates = await findTemplates(tx, { ids })
    const locked = await lockLearners(tx, [...new Set(rows.map((row) => row.learnerId))])
    const latest = await latestAwards(tx, rows)
    return {
      templates: new Map(templates.map((template) => [template.row.id, template])),
      learners: new Map(locked.map((learner) => [learner.id, learner])),
      latest: new Map(latest.map((award) => [addressOf(award), award])),
      now: new Map(),
    }
  }

  return { grantMany }
}

type Known = {
  readonly templates: ReadonlyMap<string, StoredTemplate>
  readonly learners: ReadonlyMap<number, StoredLearner>
  readonly latest: ReadonlyMap<string, AwardRow>
  /** What rows before this one have granted. */
  readonly now: Map<string, Held>
}

function decideRow(
  row: GrantRow,
  known: Known,
  { actor, now }: { readonly actor: string; readonly now: Date },
): GrantedOne | { readonly change: Grant } {
  try {
    const template = assertGrantable(known.templates.get(row.templateId), row.templateId)
    const learner = known.learners.get(row.learnerId)
    if (learner === undefined) return failed('The learner is not there any more.')
    const instance = instanceOf(template, row.instance)
    const address = addressOf({
      learner_id: learner.id,
      template_id: row.templateId,
      instance,
    })
    const before = known.latest.get(address)
    const held = known.now.get(address) ?? (before?.status === 'awarded' ? before : undefined)
    if (held !== undefined) {
      return { result: 'held', awardId: held.id, detail: 'The learner holds this badge already.' }
    }
    const award = toAward(row, {
      instance,
      actor,
      dates: datesOf(row, { now, template: template.row, latest: before }),
    })
    known.now.set(address, { id: award.id, status: 'awarded' })
    return { change: { change: 'grant', learner, template: template.row, award } }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return failed(error.faults[0]?.reason ?? error.message)
  }
}

function toAward(
  row: GrantRow,
  given: {
    readonly instance: string
    readonly actor: string
    readonly dates: { readonly awardedAt: string; readonly expiresAt: string | null }
  },
): NewAward {
  return {
    id: randomUUID(),
    templateId: row.templateId,
    learnerId: row.learnerId,
    instance: given.instance,
    source: 'hand',
    ...given.dates,
    cause: { by: given.actor },
    evidence: row.evidence ?? [],
    ...(row.narrative !== undefined && { narrative: row.narrative }),
  }
}

function failed(detail: string): GrantedOne {
  return { result: 'failed', awardId: null, detail }
}

function addressOf(of: {
  readonly learner_id: number
  readonly template_id: string
  readonly instance: string
}): string {
  return `${of.learner_id} ${of.template_id} ${of.instance}`
}
