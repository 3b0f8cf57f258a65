import { type Dashboard, type Need, needKinds, type Permission } from '@rosette/contract'
import type { Db } from '../../db/database.js'
import type { createNoticeViews } from '../notices/notices.js'
import { createDayCounts } from './day-counts.js'
import {
  endingKeys,
  endingTokens,
  failedBackfills,
  failedIssuances,
  nothing,
  parkedLetters,
  pausedAccounts,
  quietRules,
  stoppedSignals,
  waitingImports,
} from './need-views.js'
import { firstSteps, latestAwards, waitingIssuances } from './overview-views.js'
import { quietMs } from './quiet-rules.js'

type Behind = { readonly topic: string; readonly group: string; readonly count: number }
type Deps = {
  readonly db: Db
  readonly now: () => Date
  readonly notices: Pick<ReturnType<typeof createNoticeViews>, 'list'>
  /** Our consumer groups with at least so many entries before them. */
  readonly behind: (least: number) => Promise<readonly Behind[]>
  /** Milliseconds for which the numbers of days that are over are kept. */
  readonly freshFor?: number
}

/** Whether the reader may do this in the organization; with null, everywhere. */
export type May = (permission: Permission, organizationId: string | null) => boolean

const shownAwards = 8
/** Time enough to make a new key or token, holidays included. */
const warnedMs = 14 * 86_400_000
const farBehind = 1000

/** What happened in an organization and what needs a person, as far as the reader may see it. */
export function createDashboard({ db, now, notices, behind, freshFor }: Deps) {
  const days = createDayCounts({ db, now, ...(freshFor !== undefined && { freshFor }) })

  async function read(organizationId: string, may: May): Promise<Dashboard> {
    const sees = may('award:read', organizationId)
    const [counts, waiting, needs, latest, steps] = await Promise.all([
      days.read(organizationId),
      waitingIssuances(db, organizationId),
      needsOf(organizationId, may),
      sees ? latestAwards(db, organizationId, shownAwards) : [],
      firstSteps(db, organizationId),
    ])
    return { ...counts, waiting, needs, latestAwards: latest, firstSteps: steps }
  }

  async function needsOf(organizationId: string, may: May): Promise<Need[]> {
    const until = new Date(now().getTime() + warnedMs).toISOString()
    const since = new Date(now().getTime() - quietMs).toISOString()
    const when = (permission: Permission, ask: () => Promise<Need[]>) =>
      may(permission, organizationId) ? ask() : []
    const runs = may('platform:read', null)
    const found = await Promise.all([
      when('account:read', () => pausedAccounts(db, organizationId)),
      when('issuance:read', () => failedIssuances(db, organizationId)),
      when('account:read', () => endingKeys(db, organizationId, until)),
      when('token:edit', () => endingTokens(db, organizationId, until)),
      when('template:read', () => quietRules(db, organizationId, since)),
      when('template:read', () => failedBackfills(db, organizationId)),
      when('award:edit', () => waitingImports(db, organizationId)),
      when('notice:read', () => openNotices(organizationId)),
      runs ? parkedLetters(db) : [],
      runs ? stoppedSignals(db) : [],
      runs ? consumersBehind() : [],
    ])
    return found.flat().sort((a, b) => needKinds.indexOf(a.kind) - needKinds.indexOf(b.kind))
  }

  async function openNotices(organizationId: string): Promise<Need[]> {
    const { items } = await notices.list({ isOpen: true, limit: 100 }, [organizationId])
    return items
      .filter(({ kind }) => !toldOtherwise.has(kind))
      .map((notice) => ({
        ...nothing,
        kind: 'notice',
        since: notice.openedAt,
        detail: notice.sentence,
        subject: notice.subject,
        subjectId: notice.id,
      }))
  }

  async function consumersBehind(): Promise<Need[]> {
    return (await behind(farBehind)).map(({ topic, group, count }) => ({
      ...nothing,
      kind: 'consumer-behind',
      count,
      subject: topic,
      detail: group,
    }))
  }

  return { read }
}

export type Dashboards = ReturnType<typeof createDashboard>

/** Notices of what the dashboard reads from where it stands. */
const toldOtherwise: ReadonlySet<string> = new Set(['account-paused', 'key-ends-soon'])
