import * as contract from '@rosette/contract'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { reachOf, somewhere } from '../../http/access.js'
import type { HttpServer } from '../../http/http-server.js'
import type { Insights } from './create-insights.js'
import { toCsv } from './csv.js'
import * as tables from './tables.js'

const root = '/api/v1/insights'
const config = somewhere('insight:read')

export function insightRoutes(server: HttpServer, insights: Insights): void {
  const reach = (request: FastifyRequest) => reachOf(request, 'insight:read')

  server.get(
    `${root}/awards`,
    { schema: contract.getAwardsOverTime, config },
    async (request, reply) => {
      const answer = await insights.awardsOverTime({ ...request.query, reach: reach(request) })
      return sendAs(reply, request.query, { answer, table: tables.awardsOverTime, name: 'awards' })
    },
  )

  server.get(
    `${root}/badges`,
    { schema: contract.getAwardsByBadge, config },
    async (request, reply) => {
      const answer = await insights.awardsByBadge({ ...request.query, reach: reach(request) })
      return sendAs(reply, request.query, { answer, table: tables.awardsByBadge, name: 'badges' })
    },
  )

  server.get(
    `${root}/courses`,
    { schema: contract.getAwardsByCourse, config },
    async (request, reply) => {
      const answer = await insights.awardsByCourse({ ...request.query, reach: reach(request) })
      return sendAs(reply, request.query, { answer, table: tables.awardsByCourse, name: 'courses' })
    },
  )

  server.get(
    `${root}/funnel`,
    { schema: contract.getBadgeFunnels, config },
    async (request, reply) => {
      const answer = await insights.funnels({ ...request.query, reach: reach(request) })
      return sendAs(reply, request.query, { answer, table: tables.funnels, name: 'funnel' })
    },
  )

  server.get(
    `${root}/stops`,
    { schema: contract.getBadgeStops, config },
    async (request, reply) => {
      const answer = await insights.stops({ ...request.query, reach: reach(request) })
      return sendAs(reply, request.query, { answer, table: tables.stops, name: 'stops' })
    },
  )

  server.get(
    `${root}/delays`,
    { schema: contract.getIssuingDelays, config },
    async (request, reply) => {
      const answer = await insights.delays({ ...request.query, reach: reach(request) })
      return sendAs(reply, request.query, { answer, table: tables.delays, name: 'delays' })
    },
  )

  server.get(
    `${root}/public-pages`,
    { schema: contract.getPublicCounts, config },
    async (request, reply) => {
      const answer = await insights.publicCounts({ ...request.query, reach: reach(request) })
      return sendAs(reply, request.query, {
        answer,
        table: tables.publicCounts,
        name: 'public-pages',
      })
    },
  )
}

type Answered<Answer> = {
  readonly answer: Answer
  readonly table: (answer: Answer) => Parameters<typeof toCsv>[0]
  readonly name: string
}

function sendAs<Answer>(
  reply: FastifyReply,
  { format }: { readonly format: 'json' | 'csv' },
  { answer, table, name }: Answered<Answer>,
) {
  if (format === 'json') return reply.send(answer)
  return reply
    .type('text/csv; charset=utf-8')
    .header('content-disposition', `attachment; filename="${name}.csv"`)
    .send(toCsv(table(answer)))
}
