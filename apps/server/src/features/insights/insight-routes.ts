import * as contract from '@rosette/contract'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { reachOf, somewhere } from '../../http/access.js'
import type { HttpServer } from '../../http/http-server.js'
import type { Insights } from './create-insights.js'
import { type Table, toCsv } from './csv.js'
import * as tables from './tables.js'

const root = '/api/v1/insights'
const config = somewhere('insight:read')
const reach = (request: FastifyRequest) => reachOf(request, 'insight:read')

export function insightRoutes(server: HttpServer, insights: Insights): void {
  answerRoutes(server, insights)
  fileRoutes(server, insights)
}

function answerRoutes(server: HttpServer, insights: Insights): void {
  server.get(`${root}/awards`, { schema: contract.getAwardsOverTime, config }, (request) =>
    insights.awardsOverTime({ ...request.query, reach: reach(request) }),
  )

  server.get(`${root}/badges`, { schema: contract.getAwardsByBadge, config }, (request) =>
    insights.awardsByBadge({ ...request.query, reach: reach(request) }),
  )

  server.get(`${root}/courses`, { schema: contract.getAwardsByCourse, config }, (request) =>
    insights.awardsByCourse({ ...request.query, reach: reach(request) }),
  )

  server.get(`${root}/funnel`, { schema: contract.getBadgeFunnels, config }, (request) =>
    insights.funnels({ ...request.query, reach: reach(request) }),
  )

  server.get(`${root}/stops`, { schema: contract.getBadgeStops, config }, (request) =>
    insights.stops({ ...request.query, reach: reach(request) }),
  )

  server.get(`${root}/delays`, { schema: contract.getIssuingDelays, config }, (request) =>
    insights.delays({ ...request.query, reach: reach(request) }),
  )

  server.get(`${root}/public-pages`, { schema: contract.getPublicCounts, config }, (request) =>
    insights.publicCounts({ ...request.query, reach: reach(request) }),
  )
}

/** The same as files for spreadsheets. */
function fileRoutes(server: HttpServer, insights: Insights): void {
  server.get(
    `${root}/awards/file`,
    { schema: contract.exportAwardsOverTime, config },
    async (request, reply) => {
      const answer = await insights.awardsOverTime({ ...request.query, reach: reach(request) })
      return sendTable(reply, 'awards', tables.awardsOverTime(answer))
    },
  )

  server.get(
    `${root}/badges/file`,
    { schema: contract.exportAwardsByBadge, config },
    async (request, reply) => {
      const answer = await insights.awardsByBadge({ ...request.query, reach: reach(request) })
      return sendTable(reply, 'badges', tables.awardsByBadge(answer))
    },
  )

  server.get(
    `${root}/courses/file`,
    { schema: contract.exportAwardsByCourse, config },
    async (request, reply) => {
      const answer = await insights.awardsByCourse({ ...request.query, reach: reach(request) })
      return sendTable(reply, 'courses', tables.awardsByCourse(answer))
    },
  )

  server.get(
    `${root}/funnel/file`,
    { schema: contract.exportBadgeFunnels, config },
    async (request, reply) => {
      const answer = await insights.funnels({ ...request.query, reach: reach(request) })
      return sendTable(reply, 'funnel', tables.funnels(answer))
    },
  )

  server.get(
    `${root}/stops/file`,
    { schema: contract.exportBadgeStops, config },
    async (request, reply) => {
      const answer = await insights.stops({ ...request.query, reach: reach(request) })
      return sendTable(reply, 'stops', tables.stops(answer))
    },
  )

  server.get(
    `${root}/delays/file`,
    { schema: contract.exportIssuingDelays, config },
    async (request, reply) => {
      const answer = await insights.delays({ ...request.query, reach: reach(request) })
      return sendTable(reply, 'delays', tables.delays(answer))
    },
  )

  server.get(
    `${root}/public-pages/file`,
    { schema: contract.exportPublicCounts, config },
    async (request, reply) => {
      const answer = await insights.publicCounts({ ...request.query, reach: reach(request) })
      return sendTable(reply, 'public-pages', tables.publicCounts(answer))
    },
  )
}

function sendTable(reply: FastifyReply, name: string, table: Table) {
  return reply
    .type('text/csv; charset=utf-8')
    .header('content-disposition', `attachment; filename="${name}.csv"`)
    .send(toCsv(table))
}
