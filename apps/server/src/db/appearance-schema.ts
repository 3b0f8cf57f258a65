import type { ColumnType, Generated } from 'kysely'
import type { List } from './columns.js'
import type { Instant } from './instant.js'

export type FooterLinkJson = { readonly label: string; readonly url: string }

export type AppearanceSchema = {
  appearance: {
    single: Generated<boolean>
    name: string | null
    logo_id: string | null
    accent: string | null
    footer_text: Generated<string>
    footer_links: List<FooterLinkJson>
    updated_at: ColumnType<Instant, Instant | undefined, Instant>
  }
}
