import type { FastifyRequest } from 'fastify'
import type { HttpServer } from '../../http/http-server.js'
import { badFields, demandScope, queryTextOf } from '../badgr-auth/badgr-auth.js'
import type { ApiDeps } from './api-deps.js'
import { listChangedAssertions } from './assertion-repository.js'
import { listChangedClasses } from './class-repository.js'
import { sendResult, withCursor } from './envelope.js'
import { whoseOf } from './find-things.js'
import { listChangedIssuers, listStaff } from './issuer-repository.js'
import { readPaging } from './paging.js'
import { parseTime } from './reading.js'
import { toAssertionJson, toClassJson, toIssuerJson } from './to-json.js'

const pageSize = '100'
/** A change is stamped when its transaction begins; one that is still going on must not be missed. */
const overlapMs = 30_000

/** What has changed since, the oldest change first, for software that keeps a copy. */
export function changedRoutes(scope: HttpServer, { db, now, urls, callers }: ApiDeps): void {
  scope.get('/issuers/changed', async (request, reply) => {
    const { asked, whose, timestamp } = await readAsked(request, 'issuer:read')
    const page = await listChangedIssuers(db, whose, asked)
    const staff = await listStaff(db, [...new Set(page.rows.map((row) => row.organizationId))])
    const result = page.rows.map((row) => toIssuerJson(row, { urls, staff }))
    return sendResult({ request, reply }, result, {
      more: { ...pagination(request, page), timestamp },
    })
  })

  scope.get('/badgeclasses/changed', async (request, reply) => {
    const { asked, whose, timestamp } = await readAsked(request, 'template:read')
    const page = await listChangedClasses(db, whose, asked)
    const result = page.rows.map((row) => toClassJson(row, urls))
    return sendResult({ request, reply }, result, {
      more: { ...pagination(request, page), timestamp },
    })
  })

  scope.get('/assertions/changed', async (request, reply) => {
    const { asked, whose, timestamp } = await readAsked(request, 'award:read')
    const page = await listChangedAssertions(db, whose, asked)
    const result = page.rows.map((row) => toAssertionJson(row, urls))
    return sendResult({ request, reply }, result, {
      more: { ...pagination(request, page), timestamp },
    })
  })

  async function readAsked(
    request: FastifyRequest,
    permission: 'issuer:read' | 'template:read' | 'award:read',
  ) {
    const caller = await callers.callerOf(request)
    demandScope(caller, 'r:issuer', 'rw:issuer')
    const num = queryTextOf(request, 'num') ?? pageSize
    const paging = readPaging(/^-?\d+$/.test(num) ? num : pageSize, queryTextOf(request, 'cursor'))
    const timestamp = new Date(now().getTime() - overlapMs).toISOString()
    const asked = { paging, since: sinceIn(request) }
    return { asked, whose: whoseOf(caller, permission), timestamp }
  }

  function pagination(
    request: FastifyRequest,
    { next, prev }: { readonly next: string | undefined; readonly prev: string | undefined },
  ) {
    return {
      pagination: {
        hasNext: next !== undefined,
        nextResults: next === undefined ? null : withCursor(request, next, urls),
        hasPrevious: prev !== undefined,
        previousResults: prev === undefined ? null : withCursor(request, prev, urls),
      },
    }
  }
}

function sinceIn(request: FastifyRequest): string | undefined {
  const text = queryTextOf(request, 'since')
  if (text === undefined) return undefined
  // A plus that was not escaped arrives as a space.
  const given = text.replace(/ (\d\d:?\d\d)$/, '+$1')
  const time = /T.*(?:Z|[+-]\d\d:?\d\d)$/i.test(given) ? parseTime(given) : undefined
  if (time === undefined) throw badFields({ since: ['must be ISO-8601 format with time zone'] })
  return time.toISOString()
}
