import { randomBytes } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { createRedisSink } from '@rosette/event-bus'
import { createTestDatabase } from '@rosette/testkit'
import { Redis } from 'ioredis'
import type pg from 'pg'
import { createPool, type Db, openDatabase } from '#src/db/database.js'
import { migrate } from '#src/runtime.js'

export type Sink = ReturnType<typeof createRedisSink>

export function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

/** A migrated database of its own, and ways to look into it while servers come and go. */
export async function openDatabaseFor(server: { readonly url: string }, name: string) {
  const database = await createTestDatabase(
    async (url) => {
      const pool = createPool(url, 1)
      await migrate(pool)
      await pool.end()
    },
    { serverUrl: server.url },
  )
  const pool = createPool(database.url, 3)
  const db: Db = openDatabase(pool)
  const label = `${name}_${randomBytes(3).toString('hex')}`
  return {
    label,
    url: database.url,
    db,
    pool,
    /** Waits until so many events are stored. */
    async reaches(count: number): Promise<number> {
      for (;;) {
        const seen = await numberOf(pool, gradeEvents)
        if (seen >= count) return seen
        await pause(20)
      }
    },
    close: () => db.destroy(),
  }
}

export type ObservedDatabase = Awaited<ReturnType<typeof openDatabaseFor>>

const gradeEvents = `select count(*) from event_log where event_type not like '%badge%'`

type Bus = { readonly redisUrl: string; readonly stream: string }

/** What must be the same whatever happened on the way, read as text. */
export async function endState({ pool }: ObservedDatabase, bus: Bus) {
  const events = await numberOf(pool, gradeEvents)
  const waiting = await numberOf(
    pool,
    `select (select count(*) from outbox where state = 'waiting')
      + (select count(*) from issuance where state in ('queued', 'issuing', 'failed')) as count`,
  )
  // Read after what waits: when nothing does any more, everything is on the bus.
  const signals = await signalsOn(bus)
  return {
    events,
    waiting,
    deadLetters: await numberOf(pool, 'select count(*) from dead_letter'),
    credentials: await numberOf(pool, 'select count(*) from credential'),
    pending: signals.pending,
    signals: signals.ids,
    announced: await texts(pool, 'select event_id::text as line from outbox order by 1'),
    marks: await texts(
      pool,
      `select concat_ws(' ', l.lms_user_id, t.name, r.ref, m.instance, m.key, m.first_at, m.first_event,
         m.last_at, m.last_event, m.reset_at, m.reset_event) as line
       from mark m join learner l on l.id = m.learner_id join requirement r on r.id = m.requirement_id
         join badge_template t on t.id = r.template_id
       where r.event_type not like '%badge%' order by 1`,
    ),
    awards: await texts(
      pool,
      `select concat_ws(' ', l.lms_user_id, t.name, a.instance) as line
       from award a join learner l on l.id = a.learner_id join badge_template t on t.id = a.template_id
       where a.status = 'awarded' order by 1`,
    ),
  }
}

async function numberOf(pool: pg.Pool, query: string): Promise<number> {
  for (;;) {
    try {
      const { rows } = await pool.query<{ count: number }>(query)
      return Number(rows[0]?.count)
    } catch {
      await pause(100) // PostgreSQL is away for a moment: that is part of the proof
    }
  }
}

async function texts(pool: pg.Pool, query: string): Promise<string[]> {
  const { rows } = await pool.query<{ line: string }>(query)
  return rows.map((row) => row.line)
}

async function signalsOn({ redisUrl, stream }: Bus) {
  const redis = new Redis(redisUrl)
  try {
    const entries = await redis.xrange(stream, '-', '+')
    const ids = entries.flatMap(([, fields]) =>
      fields[1]?.includes('.badge.') === true ? [fields[3] ?? ''] : [],
    )
    const pending = await redis.xpending(stream, 'rosette').catch(() => [1])
    return { ids: ids.sort(), pending: Number(pending[0]) }
  } finally {
    redis.disconnect()
  }
}
