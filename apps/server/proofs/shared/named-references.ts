import { z } from 'zod'
import type { Guarded } from './permission-request.js'
import type { PermissionWorld } from './permission-world.js'
import type { Known } from './route-example.js'

/** Ids that are somebody else's, not those of things of an organization. */
const ofOthers = new Set(['externalId', 'lmsUserId', 'eventId', 'clientId'])
const anything = z.record(z.string(), z.unknown())
const documentSchema = z.object({ paths: z.record(z.string(), anything) })
const operationSchema = z.object({
  parameters: z.array(z.object({ name: z.string() })).optional(),
  requestBody: z.unknown().optional(),
})

/**
 * Members of requests that name things, as `templateId` does, and stand in no example: a foreign thing is
 * never put there, so that nobody would see that it is a way in.
 */
export async function unnamedReferences(
  { send }: Pick<PermissionWorld, 'send'>,
  routes: readonly Guarded[],
  of: Known,
): Promise<string[]> {
  const { text } = await send({ method: 'GET', url: '/api/openapi.json' })
  const document: unknown = JSON.parse(text)
  const { paths } = documentSchema.parse(document)
  return routes.flatMap(({ key, example }) => {
    const [method = '', path = ''] = key.split(' ')
    const operation = paths[path.replaceAll(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()]
    if (operation === undefined) return []
    const { parameters = [], requestBody } = operationSchema.parse(operation)
    const asked = [...parameters.map(({ name }) => name), ...membersIn(requestBody, document)]
    const all = [example, ...(example.variants ?? [])]
    const told = all.flatMap(({ params, query, body }) =>
      Object.keys({ ...params?.(of), ...query?.(of), ...flat(body?.(of)) }),
    )
    const missing = asked.filter((name) => /(^i|I)ds?$/.test(name) && !told.includes(name))
    return [...new Set(missing)]
      .filter((name) => name !== 'id' && !ofOthers.has(name))
      .map((name) => `${key} takes ${name}, which its example leaves out.`)
  })
}

/** The names of all members of a schema, those of parts included. */
function membersIn(schema: unknown, document: unknown, depth = 0): string[] {
  if (depth > 12 || typeof schema !== 'object' || schema === null) return []
  const parts: readonly (readonly [string, unknown])[] = Object.entries(schema)
  return parts.flatMap(([name, part]) => {
    if (name === '$ref') return membersIn(at(document, String(part)), document, depth + 1)
    const own = name === 'properties' ? Object.keys(anything.parse(part)) : []
    return [...own, ...membersIn(part, document, depth + 1)]
  })
}

function at(document: unknown, reference: string): unknown {
  const names = reference.replace('#/', '').split('/')
  return names.reduce<unknown>((part, name) => anything.parse(part)[name], document)
}

/** All members of a body by their last names. */
function flat(body: unknown): Record<string, unknown> {
  if (typeof body !== 'object' || body === null) return {}
  const own = Array.isArray(body) ? {} : body
  return Object.assign({ ...own }, ...Object.values(body).map(flat))
}
