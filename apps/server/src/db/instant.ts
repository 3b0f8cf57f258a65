/** A point in time as ISO 8601 text in UTC with microseconds, as PostgreSQL keeps it. */
export type Instant = string
