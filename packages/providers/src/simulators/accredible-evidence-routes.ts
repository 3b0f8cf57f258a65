import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { doesNotExist, finder, type RouteDeps } from './accredible-credential-routes.js'
import { toEvidence } from './accredible-credentials.js'
import { readBody } from './accredible-input.js'
import { evidenceInput } from './accredible-records.js'
import { AccredibleRefusal } from './accredible-refusal.js'

const evidenceParams = z.object({ item: z.coerce.number().catch(0) })
const evidenceBody = z.object({ evidence_item: evidenceInput })

/** What shows how a credential was earned. */
export function registerEvidence(api: FastifyInstance, deps: RouteDeps): void {
  const { store } = deps
  const find = finder(deps)
  const items = '/v1/credentials/:id/evidence_items'

  function findItem(request: FastifyRequest) {
    const credential = find(request, doesNotExist)
    const { item } = evidenceParams.parse(request.params)
    const index = credential.evidence.findIndex(({ id }) => id === item)
    const evidence = credential.evidence[index]
    if (evidence === undefined) throw new AccredibleRefusal(404, { error: 'Not found' })
    return { credential, index, evidence }
  }

  api.post(items, async (request) => {
    const credential = find(request, doesNotExist)
    const input = readBody(evidenceBody, request.body).evidence_item
    const evidence = toEvidence(input, credential.evidence.length, store.nextId())
    credential.evidence.push(evidence)
    credential.updated_at = store.stamp()
    return { evidence_item: evidence }
  })
  api.get(items, async (request) => ({
    evidence_items: find(request, doesNotExist).evidence,
  }))
  api.get(`${items}/:item`, async (request) => ({
    evidence_item: findItem(request).evidence,
  }))
  api.put(`${items}/:item`, async (request) => {
    const { credential, evidence } = findItem(request)
    const { description, position } = readBody(evidenceBody, request.body).evidence_item
    evidence.description = description ?? evidence.description
    evidence.position = position ?? evidence.position
    credential.updated_at = store.stamp()
    return { evidence_item: evidence }
  })
  api.delete(`${items}/:item`, async (request) => {
    const { credential, index, evidence } = findItem(request)
    credential.evidence.splice(index, 1)
    credential.updated_at = store.stamp()
    return { evidence_item: evidence }
  })
}
