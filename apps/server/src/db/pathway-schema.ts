import type { ColumnType, Generated } from 'kysely'
import type { Created } from './columns.js'
import type { Instant } from './instant.js'

export type PathwaySchema = {
  pathway: {
    id: Generated<string>
    organization_id: string
    name: string
    description: Generated<string>
    is_public: Generated<boolean>
    created_at: Created
    updated_at: ColumnType<Instant, Instant | undefined, Instant>
  }
  pathway_badge: {
    pathway_id: string
    template_id: string
    position: number
    is_milestone: Generated<boolean>
  }
  pathway_link: { pathway_id: string; from_template_id: string; to_template_id: string }
}
