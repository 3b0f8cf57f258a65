import type { Moment } from './columns.js'

export type DashboardSchema = {
  template_activity: {
    template_id: string
    matched_at: Moment | null
    checked_at: Moment
  }
}
