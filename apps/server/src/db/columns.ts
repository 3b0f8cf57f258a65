import type { ColumnType } from 'kysely'
import type { Instant } from './instant.js'

export type Created = ColumnType<Instant, Instant | undefined, never>
export type Moment = ColumnType<Instant, Instant, Instant>
export type Json<T> = ColumnType<T, string, string>
export type List<T> = ColumnType<readonly T[], string | undefined, string>
