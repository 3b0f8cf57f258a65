import type { ColumnType, Generated } from 'kysely'
import type { Created, Json, Moment } from './columns.js'

/** What a backfill has counted so far; members that are absent count as none. */
export type BackfillTallyJson = {
  readonly read?: number
  readonly matched?: number
  readonly from?: string | null
  readonly until?: string | null
  readonly none?: number
  readonly started?: number
  readonly halfWay?: number
  readonly complete?: number
  /** Gains, losses and awards kept, by template id. */
  readonly changes?: Readonly<Record<string, Partial<Record<'gain' | 'lose' | 'kept', number>>>>
}

export type BackfillCauseJson = {
  readonly fulfillments?: readonly {
    readonly requirement: string
    readonly group: string
    readonly since: string
    readonly events: readonly string[]
  }[]
  readonly lost?: readonly { readonly requirement: string; readonly event: string }[]
}

/** The tables of applying rules to past events. */
export type BackfillSchema = {
  backfill: {
    id: Generated<string>
    number: Generated<number>
    template_id: string
    kind: 'preview' | 'run'
    state: Generated<'queued' | 'running' | 'done' | 'cancelled' | 'failed'>
    requested_by: string
    requested_at: Created
    started_at: Moment | null
    finished_at: Moment | null
    error: string | null
    fingerprint: string | null
    restarts: Generated<number>
    phase: Generated<'log' | 'others'>
    position: Generated<number>
    claim: string | null
    claimed_until: Moment | null
    log_begins_at: Moment | null
    events_total: Generated<number>
    events_passed: Generated<number>
    tally: ColumnType<BackfillTallyJson, string | undefined, string>
  }
  backfill_change: {
    backfill_id: string
    number: Generated<number>
    change: 'gain' | 'lose' | 'kept'
    template_id: string
    lms_user_id: number | null
    learner_id: number | null
    instance: string
    award_id: string | null
    at: Moment | null
    cause: Json<BackfillCauseJson>
  }
}
