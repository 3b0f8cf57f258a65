import type { ColumnType, Generated } from 'kysely'
import type { Created, Json, Moment } from './columns.js'

export type ImportFaultJson = { readonly column: string | null; readonly reason: string }

/** The tables of awards that come from a file. */
export type AwardImportSchema = {
  award_import: {
    id: Generated<string>
    number: Generated<number>
    organization_id: string
    template_id: string | null
    file_name: string
    encoding: string
    delimiter: string
    header: string[]
    fields: string[]
    state: Generated<'checked' | 'running' | 'done' | 'cancelled'>
    created_by: string
    created_at: Created
    started_by: string | null
    started_at: ColumnType<string | null, string | null | undefined, string | null>
    finished_at: ColumnType<string | null, string | null | undefined, string | null>
  }
  award_import_row: {
    import_id: string
    number: number
    cells: string[]
    template_id: string | null
    learner_id: number | null
    check: 'ready' | 'new-learner' | 'held' | 'faulty'
    faults: Json<readonly ImportFaultJson[]>
    result: 'awarded' | 'held' | 'failed' | null
    detail: string | null
    award_id: string | null
  }
}

/** What is kept so that learners who were erased do not come back. */
export type LearnerDataSchema = {
  learner: {
    renamed_at: ColumnType<string | null, string | null | undefined, string | null>
    erased_at: ColumnType<string | null, string | null | undefined, string | null>
  }
  erased_learner: { hash: Buffer; erased_at: Moment }
}
