import type { FastifyRequest } from 'fastify'
import type { createBadgeRules } from './credly-badge-rules.js'
import type { Caller } from './credly-guard.js'
import type { ListQuery } from './credly-lists.js'
import type { Addresses } from './credly-organization-views.js'
import type { CredlyState } from './credly-state.js'

export type RouteDeps = {
  readonly state: CredlyState
  readonly rules: ReturnType<typeof createBadgeRules>
  readonly newId: () => string
  readonly now: () => Date
  readonly callerOf: (request: FastifyRequest) => Caller
  readonly addressesOf: (request: FastifyRequest) => Addresses
}

type Params = { readonly org: string; readonly id: string }
export type Asked = { Params: Params; Querystring: ListQuery }

/** Single objects come with metadata that says nothing. */
export const one = (data: unknown) => ({ data, metadata: {} })

/** The address of the list as Credly would link it: with a folder that callers do not use. */
export const sourceOf = (request: FastifyRequest<Asked>, { apiRoot }: Addresses, list: string) => ({
  url: `${apiRoot}organizations/${request.params.org}/${list}`,
  query: request.query,
})
