import type { DashboardDay } from '@rosette/contract'
import type { Db } from '../../db/database.js'
import { rememberBriefly } from '../../http/short-memory.js'
import {
  awardsByDay,
  type ByDay,
  type Days,
  estimateEvents,
  eventsByDay,
  issuedByDay,
  revocationsByDay,
} from './day-views.js'

type Deps = { readonly db: Db; readonly now: () => Date; readonly freshFor?: number }
type Events = { readonly byDay: ByDay; readonly areEstimated: boolean }

const shownDays = 30
const dayMs = 86_400_000
/** Days that are over hardly change; today is counted each time. */
const pastFreshMs = 600_000
/** More events than these are estimated: counting them would keep the reader waiting. */
const countedEvents = 300_000

/** What happened on each of the last days. */
export function createDayCounts({ db, now, freshFor = pastFreshMs }: Deps) {
  const past = rememberBriefly(freshFor, (id) => countOf(db, id, pastDays(now())))
  const pastEvents = rememberBriefly(freshFor, () => eventsOf(db, pastDays(now())))

  async function read(organizationId: string) {
    const today = todayOf(now())
    const [before, events, current, eventsNow] = await Promise.all([
      past(organizationId),
      pastEvents('all'),
      countOf(db, organizationId, today),
      eventsOf(db, today),
    ])
    const names = Array.from({ length: shownDays }, (_, at) =>
      dayOf(new Date(Date.parse(today.from) - (shownDays - 1 - at) * dayMs)),
    )
    const at = (day: string, of: 'awards' | 'revocations' | 'issued') =>
      current[of].get(day) ?? before[of].get(day) ?? 0
    return {
      days: names.map(
        (day): DashboardDay => ({
          day,
          events: eventsNow.byDay.get(day) ?? events.byDay.get(day) ?? 0,
          awards: at(day, 'awards'),
          revocations: at(day, 'revocations'),
          issued: at(day, 'issued'),
        }),
      ),
      eventsAreEstimated: events.areEstimated || eventsNow.areEstimated,
    }
  }

  return { read }
}

async function countOf(db: Db, organizationId: string, days: Days) {
  const [awards, revocations, issued] = await Promise.all([
    awardsByDay(db, organizationId, days),
    revocationsByDay(db, organizationId, days),
    issuedByDay(db, organizationId, days),
  ])
  return { awards, revocations, issued }
}

async function eventsOf(db: Db, days: Days): Promise<Events> {
  if ((await estimateEvents(db, days)) <= countedEvents) {
    return { byDay: await eventsByDay(db, days), areEstimated: false }
  }
  const found = new Map<string, number>()
  for (let at = Date.parse(days.from); at < Date.parse(days.until); at += dayMs) {
    const day = { from: new Date(at).toISOString(), until: new Date(at + dayMs).toISOString() }
    found.set(dayOf(new Date(at)), await estimateEvents(db, day))
  }
  return { byDay: found, areEstimated: true }
}

function todayOf(now: Date): Days {
  const from = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate())
  return { from: new Date(from).toISOString(), until: new Date(from + dayMs).toISOString() }
}

function pastDays(now: Date): Days {
  const { from: until } = todayOf(now)
  const from = new Date(Date.parse(until) - (shownDays - 1) * dayMs).toISOString()
  return { from, until }
}

function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10)
}
