import type { Permission } from '@rosette/contract'
import type { InjectOptions } from 'fastify'
import type { Access } from '#src/http/access.js'
import type { Caller } from './permission-callers.js'
import { kindsOfThings } from './permission-things.js'
import type { Answer } from './permission-world.js'
import type { Example, Known } from './route-example.js'

export type Guarded = {
  readonly key: string
  readonly access: Access
  readonly example: Example
}

export type Request = {
  readonly key: string
  readonly options: InjectOptions
  readonly headers: Readonly<Record<string, string>>
}

/** What a route is expected to answer, as the matrix shows it; `open` is anything but a refusal. */
export type Outcome = '401' | '403' | '404' | 'open'

const missingId = '00000000-0000-4000-8000-00000000dead'

/** Things that do not exist, to put in the place of those that do. */
export const missingThings: Readonly<Record<string, string>> = Object.fromEntries(
  kindsOfThings.map((kind) => [kind, kind === 'kid' ? 'missing' : missingId]),
)

export function toRequest(key: string, example: Example, of: Known): Request {
  const [method = '', path = ''] = key.split(' ')
  const params = example.params?.(of) ?? {}
  const filled = path.replaceAll(/:(\w+)/g, (_, name: string) => params[name] ?? `no-${name}`)
  const query = new URLSearchParams(example.query?.(of) ?? {}).toString()
  const payload = example.body?.(of)
  const contentType = example.contentType ?? 'application/json'
  return {
    key,
    headers: payload === undefined ? {} : { 'content-type': contentType },
    options: {
      method: parseMethod(method),
      url: query === '' ? filled : `${filled}?${query}`,
      ...(payload !== undefined && { payload }),
    },
  }
}

function parseMethod(text: string) {
  return text as 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS'
}

/** What the declared access promises this caller, asked for things of this organization. */
export function expectedOf(
  { access, example }: Guarded,
  caller: Caller,
  organization: string,
): readonly Outcome[] {
  if (access === 'open') return ['open', '404']
  if (caller.kind === 'nobody') return ['401']
  if (example.isForPeople && caller.kind === 'token') return ['401']
  if (access === 'signed-in') return ['open', '404']
  const { permission } = access
  const isHere = caller.may(permission, organization)
  if ('by' in access) return isHere ? ['open'] : [refusalOf(permission, caller, organization)]
  if (access.of === 'platform') return caller.may(permission, null) ? ['open'] : ['403']
  if (!caller.mayAnywhere(permission)) return ['403']
  return isHere ? ['open'] : ['open', '404']
}

function refusalOf(permission: Permission, caller: Caller, organization: string): Outcome {
  if (!caller.mayAnywhere(permission)) return '403'
  return caller.may('organization:read', organization) ? '403' : '404'
}

export function outcomeOf({ status, text }: Answer): Outcome {
  if (status === 401 && /"code":"not-signed-in"/.test(text)) return '401'
  if (status === 403 && /"code":"forbidden"/.test(text)) return '403'
  return status === 404 ? '404' : 'open'
}

/** Refused by the schema: then the answer says nothing about permissions. */
export function isMisfit({ status, text }: Answer): boolean {
  return status === 400 && text.includes('does not fit what this address takes')
}

/** An answer without what differs by itself: what was asked for, new ids, and times. */
export function masked({ status, text }: Answer, of: Known): string {
  const plain = Object.values(of)
    .reduce((rest, id) => rest.replaceAll(id, '<id>'), text)
    .replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '<id>')
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '<time>')
  return `${status} ${plain}`
}
