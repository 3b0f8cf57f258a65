export type PageCountSchema = {
  page_count: {
    template_id: string
    award_id: string | null
    /** As `2026-03-12`, in UTC. */
    day: string
    kind: 'badge-view' | 'award-view' | 'share' | 'visit' | 'download' | 'verification'
    count: number
  }
}
