import { createHash } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import type { Db } from '../../db/database.js'
import type { HttpServer } from '../../http/http-server.js'
import { toPublicId } from '../../http/public-id.js'
import type { PublicUrls } from '../../http/public-urls.js'
import { bakedAt, toTime } from '../badgr-api/badgr-api.js'
import {
  BadgrError,
  type Caller,
  type Callers,
  notThere,
  openForeignScope,
  paramOf,
  queryTextOf,
  reachOfCaller,
} from '../badgr-auth/badgr-auth.js'
import { sendRefusalV1 } from '../badgr-v1/badgr-v1.js'
import {
  type Asked,
  countEarned,
  type EarnedRow,
  findLearnerByName,
  isOwnLearner,
  listEarned,
} from './legacy-views.js'

type Deps = { readonly db: Db; readonly urls: PublicUrls; readonly callers: Callers }

const usualSize = 10
const mostSize = 100
const courseForm = /^(?:course-v1:[^/+\s]+\+[^/+\s]+\+[^/+\s]+|[^/+\s]+\/[^/+\s]+\/[^/+\s]+)$/

/** The badges of one learner, as the LMS answered until its badges were removed. */
export function legacyLmsRoutes(server: HttpServer, deps: Deps): void {
  const foreign = { prefix: '/api/badges/v1', answer: sendRefusalV1, isSlashRefused: false }
  openForeignScope(server, foreign, (scope) => {
    scope.get('/assertions/user/:username', async (request) => {
      const caller = await deps.callers.callerOf(request)
      const asked = await readAsked(deps, request, caller)
      return await toPage(deps, request, asked)
    })
  })
}

// Whoever may see none of it is told the same as of somebody who is not there.
async function readAsked({ db }: Deps, request: FastifyRequest, caller: Caller): Promise<Asked> {
  const narrowing = narrowingOf(request)
  const learner = await findLearnerByName(db, paramOf(request, 'username'))
  if (learner === undefined) throw notThere()
  const { id: learnerId } = learner
  const { userId } = caller
  const isOwn =
    userId !== null && hasAny(caller, backpackScopes) && (await isOwnLearner(db, userId, learnerId))
  // A token of one issuer, or for something else, reads no more than everybody does.
  const isForAwards = caller.onlyIssuerId === null && hasAny(caller, awardScopes)
  const reach = isForAwards ? reachOfCaller(caller, 'award:read') : []
  const all: Asked = { learnerId, reach, isOwn, course: 'any', slugs: [] }
  if (!isOwn && reach !== 'everywhere' && (await countEarned(db, all)) === 0) throw notThere()
  return { ...all, ...narrowing }
}

const backpackScopes = ['rw:backpack', 'r:backpack']
const awardScopes = ['rw:issuer', 'r:issuer', 'r:assertions']

function hasAny({ scopes }: Caller, wanted: readonly string[]): boolean {
  return wanted.some((scope) => scopes.has(scope))
}

/** Asked for a badge without a course, those that have one are left out; `*` asks for all of them. */
function narrowingOf(request: FastifyRequest): Pick<Asked, 'course' | 'slugs'> {
  const [slug, component, given] = ['slug', 'issuing_component', 'course_id'].map((name) =>
    queryTextOf(request, name),
  )
  const key = given?.replaceAll(' ', '+')
  if (key !== undefined && key !== '*' && key !== '' && !courseForm.test(key)) {
    throw new BadgrError(400, 'The course key provided was invalid.')
  }
  const isAny = key === '*' || ((key === undefined || key === '') && slug === undefined)
  const course = isAny ? 'any' : (key ?? null)
  return { course, slugs: slug === undefined ? [] : namesOf(slug, component ?? '', key) }
}

/** What the LMS called a class when it made it, by what it is called in the LMS. */
function namesOf(slug: string, component: string, course: string | undefined): readonly string[] {
  const plain = `${component}${slug}`.toLowerCase()
  const names = [plain, sha256(plain)]
  return course === undefined ? names : [...names, sha256(`${component}${slug}${course}`)]
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

async function toPage({ db, urls }: Deps, request: FastifyRequest, asked: Asked) {
  const count = await countEarned(db, asked)
  const size = Math.min(mostSize, wholeOf(queryTextOf(request, 'page_size')) ?? usualSize)
  const page = wholeOf(queryTextOf(request, 'page')) ?? 1
  const pages = Math.max(1, Math.ceil(count / size))
  if (page > pages) throw new BadgrError(404, 'Invalid page.')
  const start = (page - 1) * size
  const rows = await listEarned(db, asked, { limit: size, offset: start })
  return {
    count,
    num_pages: pages,
    current_page: page,
    start,
    next: page < pages ? withPage(request, page + 1, urls) : null,
    previous: page > 1 ? withPage(request, page - 1, urls) : null,
    results: rows.map((row) => toResult(row, urls)),
  }
}

function wholeOf(text: string | undefined): number | undefined {
  return text !== undefined && /^[1-9]\d{0,5}$/.test(text) ? Number(text) : undefined
}

function withPage(request: FastifyRequest, page: number, urls: PublicUrls): string {
  const { pathname, searchParams } = new URL(request.url, 'http://here')
  searchParams.set('page', String(page))
  return `${urls.base}${pathname}?${searchParams}`
}

function toResult(row: EarnedRow, urls: PublicUrls) {
  return {
    badge_class: {
      slug: row.slug ?? toPublicId(row.templateId).toLowerCase(),
      issuing_component: '',
      display_name: row.name,
      course_id: row.courseId,
      description: row.description,
      criteria: row.criteria,
      image_url: `${urls.badge(row.templateId)}/image`,
    },
    image_url: bakedAt(urls, row.id),
    assertion_url: urls.assertion(row.id),
    created: toTime(row.awardedAt),
  }
}
