import createClient from 'openapi-fetch'
import { siteUrl } from '../config/places.js'
import type { components, paths } from '../generated/api.js'
import { ProblemError } from './problem.js'

/** The HTTP API, typed by its own OpenAPI document. */
export const api = createClient<paths>({
  baseUrl: siteUrl,
  credentials: 'same-origin',
  // `state=a&state=b`, as the server reads lists.
  querySerializer: { array: { style: 'form', explode: true } },
})

/** A shape of the API by its name there: `Schema<'BadgeTemplate'>`. */
export type Schema<Name extends keyof components['schemas']> = components['schemas'][Name]

type Called<Data> = Promise<{ data?: Data; error?: unknown; response: Response }>

/** The answer of a call, or what is wrong, thrown so that queries and mutations have it as their error. */
export async function answer<Data>(call: Called<Data>): Promise<NonNullable<Data>> {
  const { data, error, response } = await call.catch((cause: unknown) => {
    throw ProblemError.offline(cause)
  })
  if (error !== undefined || !response.ok) throw ProblemError.from(error, response)
  if (data === undefined || data === null) throw ProblemError.from(undefined, response)
  return data
}

/** For calls that answer with nothing. */
export async function done(call: Called<unknown>): Promise<void> {
  const { error, response } = await call.catch((cause: unknown) => {
    throw ProblemError.offline(cause)
  })
  if (error !== undefined || !response.ok) throw ProblemError.from(error, response)
}
