import type { BadgeTemplate } from '@rosette/contract'
import type { ColumnType } from 'kysely'
import type { Created } from './columns.js'

/** All that a person decides about a badge template, but its picture, which is kept by its id. */
export type TemplateSnapshotJson = Pick<
  BadgeTemplate,
  | 'name'
  | 'description'
  | 'criteria'
  | 'tags'
  | 'language'
  | 'achievementType'
  | 'fieldOfStudy'
  | 'alignments'
  | 'results'
  | 'expiresAfterDays'
  | 'issuerId'
  | 'notifies'
  | 'locale'
  | 'state'
  | 'reaward'
  | 'repeat'
  | 'requirements'
  | 'penalties'
> & { readonly providerTemplateId: string | null }

/** The table of what badge templates were after each change. */
export type TemplateVersionSchema = {
  template_version: {
    template_id: string
    number: number
    at: Created
    actor: string
    action: string
    snapshot: ColumnType<TemplateSnapshotJson, string, string>
    image_id: string | null
  }
}
