import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import type { RawEntry } from '@rosette/event-bus'
import { toHeaders } from '@rosette/openedx-events'
import { sql } from 'kysely'
import { createApp } from '#src/app.js'
import { settingsFrom } from '#src/config/load.js'
import { createPool, type Db } from '#src/db/database.js'
import { startDurablePostgres } from '../proofs/shared/durable-postgres.js'
import { grade, passingType } from '../proofs/shared/grades.js'
import { openDatabaseFor, say } from '../proofs/shared/observe.js'
import { anActiveTemplate } from '../src/testing/sample-templates.js'
import { fillLog } from './shared/fill-log.js'
import { type Measured, watch } from './shared/watch.js'

const { values } = parseArgs({
  options: {
    events: { type: 'string', default: '1000000' },
    learners: { type: 'string', default: '100000' },
  },
})
const liveCourse = 'course-v1:Bench+Live+2026'
const events = Number(values.events)
const learners = Number(values.learners)

const postgres = await startDurablePostgres()
const database = await openDatabaseFor(postgres, 'bench_backfill')
const app = createApp(
  settingsFrom({
    BADGES_ENABLED: 'true',
    ROSETTE_LOG_LEVEL: 'warn',
    ROSETTE_MASTER_KEY: Buffer.alloc(32, 7).toString('base64'),
    DATABASE_URL: database.url,
  }),
  createPool(database.url, 8),
)
try {
  await fillLog(database.db, { events, learners })
  say(
    `${counted(events)} events of ${counted(learners)} learners in the log, one process, PostgreSQL beside it`,
  )
  say(
    `${'what'.padEnd(44)} ${['seconds', 'events/s', 'RSS before', 'RSS peak', 'longest', 'batch p50', 'batch p99'].map((t) => t.padStart(11)).join('')}`,
  )
  row('raw limit: the log read once in its order', await measured(() => readInOrder(database.db)))
  await anActiveTemplate(database.db, templateFor(liveCourse))
  const idle = await measured(() => pause(5000), { beside: true })
  row('nothing else but live batches', { ...idle, seconds: 0 })
  const templateId = await anActiveTemplate(
    database.db,
    templateFor('course-v1:Bench+C1+2026', 'course-v1:Bench+C2+2026'),
  )
  await backfill(templateId, 'preview', { kind: 'preview' })
  await backfill(templateId, 'run, all learners new, badges granted', { kind: 'run', beside: true })
  await backfill(templateId, 'run again, nothing left to do', { kind: 'run' })
} finally {
  await app.close()
  await database.close()
  await postgres.stop()
}

type Wanted = { readonly kind: 'preview' | 'run'; readonly beside?: true }

async function backfill(templateId: string, name: string, { kind, ...options }: Wanted) {
  const id = await app.backfills.request({ templateId, kind, actor: 'bench' })
  row(name, await measured(() => settle(id), options))
  const { result } = await app.backfills.views.get(id)
  const { read, matched } = result.events
  say(
    `    read ${counted(read)}, matched ${counted(matched)}; gain ${counted(result.gain)}, lose ${counted(result.lose)}; ` +
      `complete ${counted(result.learners.complete)}, half way ${counted(result.learners.halfWay)}`,
  )
}

async function settle(id: string): Promise<void> {
  while ((await app.backfills.workOn(id, 5000)) !== 'settled');
}

/** With `beside`, a consumer of the same process takes in ten events ten times a second. */
async function measured(
  work: () => Promise<void>,
  { beside }: { readonly beside?: true } = {},
): Promise<Measured> {
  let sent = 0
  const batch = beside && (() => app.progress.handle(grades(sent++), 'bench'))
  return await watch(database.pool, work, batch)
}

/** As a bus delivers them: learners of the log in a course of their own, after all that is past. */
function grades(round: number): RawEntry[] {
  return Array.from({ length: 10 }, (_, i) => {
    const number = 29_000_000 + round * 10 + i
    const learner = 1 + (((round * 10 + i) * 7919) % learners)
    const { metadata, value } = grade({ number, learner, course: liveCourse, passing: true })
    const headers = Object.fromEntries(toHeaders(metadata))
    return { topic: 'learning-badges-lifecycle', position: `${number}-0`, headers, value }
  })
}

function templateFor(...courses: readonly string[]) {
  const rules = (value: string, course: string) => [
    { keyPath: 'is_passing', operator: 'eq', value },
    { keyPath: 'course.course_key', operator: 'eq', value: course },
  ]
  return {
    name: courses.join(' '),
    requirements: courses.map((course, i) => ({
      ...{ id: `r${i}`, group: 'AB'[i], eventType: passingType, dataRules: rules('true', course) },
    })),
    penalties: courses.map((course, i) => ({
      ...{ eventType: passingType, dataRules: rules('false', course), requirements: [`r${i}`] },
    })),
  }
}

async function readInOrder(db: Db): Promise<void> {
  let place = { occurred_at: '2000-01-01T00:00:00Z', id: '00000000-0000-0000-0000-000000000000' }
  for (;;) {
    const { rows } = await sql<typeof place>`
      select occurred_at, id, event_type, lms_user_id, data from event_log
      where (occurred_at, id) > (${place.occurred_at}::timestamptz, ${place.id}::uuid)
      order by occurred_at, id limit 4000`.execute(db)
    const last = rows.at(-1)
    if (last === undefined) return
    place = last
  }
}

function row(name: string, { seconds, before, peak, longestMs, batches }: Measured): void {
  const at = (part: number) => batches[Math.floor(batches.length * part)]
  const ms = (value: number | undefined) => (value === undefined ? '' : `${Math.round(value)} ms`)
  const cells = [
    seconds === 0 ? '' : seconds.toFixed(1),
    seconds === 0 ? '' : counted(events / seconds),
    `${Math.round(before / 2 ** 20)} MB`,
    `${Math.round(peak / 2 ** 20)} MB`,
    ms(longestMs),
    ms(at(0.5)),
    ms(at(0.99)),
  ]
  say(`${name.padEnd(44)} ${cells.map((cell) => cell.padStart(11)).join('')}`)
}

function counted(number: number): string {
  return Math.round(number).toLocaleString('en')
}
