import { Kysely, PostgresDialect, Transaction } from 'kysely'
import pg from 'pg'
import { messageOf } from '../telemetry/message-of.js'
import type { Instant } from './instant.js'
import type { Schema } from './schema.js'

/** Reads, outside or inside a transaction. */
export type Db = Kysely<Schema>
/** Writes that belong together. The compiler refuses a `Db` where a `Tx` is asked for. */
export type Tx = Transaction<Schema>

const timestamptz = 1184
const int8 = 20

// A JavaScript date would round microseconds away, and marks are compared by them.
function parseInstant(text: string): Instant {
  return text.includes('infinity') ? text : `${text.slice(0, 10)}T${text.slice(11, -3)}Z`
}

const types = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    if (oid === timestamptz && format !== 'binary') return parseInstant
    if (oid === int8 && format !== 'binary') return Number
    return pg.types.getTypeParser(oid, format)
  },
}

export function createPool(url: string, max = 10): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max,
    options: '-c timezone=UTC -c datestyle=ISO -c jit=off',
    types,
  })
  // An idle connection that breaks is replaced by the pool; without a listener it would end the process.
  pool.on('error', ignore)
  pool.on('connect', (client) => {
    client.on('error', ignore)
    prepareBatches(client)
  })
  return pool
}

function ignore(): void {}

// The set-based statements of a batch have one text whatever the size of the batch, so each
// connection plans them once. Others, with lists of any length in their text, would pile up.
function prepareBatches(client: pg.PoolClient): void {
  const query = client.query.bind(client)
  const names = new Map<string, string>()
  const named = (text: unknown, values: unknown) => {
    if (typeof text !== 'string' || !Array.isArray(values) || !text.includes('unnest(')) return null
    const name = names.get(text) ?? `batch_${names.size + 1}`
    names.set(text, name)
    return { name, text, values }
  }
  Object.assign(client, {
    query: (...args: Parameters<typeof query>) => {
      const prepared = named(args[0], args[1])
      return prepared === null ? query(...args) : query(prepared)
    },
  })
}

export function openDatabase(pool: pg.Pool): Db {
  return new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) })
}

export function inTransaction<T>(db: Db, work: (tx: Tx) => Promise<T>): Promise<T> {
  return db.transaction().execute(work)
}

/** In the transaction that is under way, or in one of its own where there is none. */
export function joinTransaction<T>(db: Db, work: (tx: Tx) => Promise<T>): Promise<T> {
  return db instanceof Transaction ? work(db) : inTransaction(db, work)
}

// What the driver says of a lost connection without a code. Whole beginnings: an error that merely
// mentions a connection would otherwise hold up the stream for ever.
const withoutCode =
  /^(Connection terminated|timeout (exceeded|expired)|Query read timeout|Client (has encountered|was closed)|There was an error establishing an SSL)/

/** Whether the database is away or overloaded, so that the same work may succeed later. */
export function isDatabaseOutage(error: unknown): boolean {
  const code = errorCode(error)
  if (code === undefined) return withoutCode.test(messageOf(error))
  return (
    /^(08|53|57P|58|40)/.test(code) || // connection, resources, shutdown, system, serialization and deadlock
    /^(ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOST|ENET)/.test(code)
  )
}

export function isUniqueViolation(error: unknown): boolean {
  return errorCode(error) === '23505'
}

/** Whether a row that was to go is still referred to, or one that is referred to is gone. */
export function isForeignKeyViolation(error: unknown): boolean {
  return errorCode(error) === '23503'
}

/** Whether another transaction holds what was to be locked without waiting. */
export function isLockedElsewhere(error: unknown): boolean {
  return errorCode(error) === '55P03'
}

/**
 * Whether a value cannot be stored at all, whatever its place: a NUL character, half a surrogate
 * pair, a date or number beyond what PostgreSQL knows.
 */
export function isUnstorable(error: unknown): boolean {
  return /^22(021|P02|P05|003|007|008)$/.test(errorCode(error) ?? '')
}

function errorCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined
  return typeof error.code === 'string' ? error.code : undefined
}
