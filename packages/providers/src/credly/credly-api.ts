import type { z } from 'zod'
import { type Answer, type Call, checkedNextPage, createHttp, type HttpDeps } from '../http.js'
import { ProviderError } from '../provider-error.js'
import { createAccess } from './credly-access.js'
import { type Page, parseAnswer } from './credly-answers.js'
import { toFailure } from './credly-errors.js'
import { type CredlyOptions, credlyName, joinPath } from './credly-options.js'

type Request = Omit<Call, 'headers'>

/** Half a million items: more than any list that we ask for. */
const mostPages = 10_000

/** Requests to Credly that are authorized, and answers that are of the wanted shape or thrown. */
export type CredlyApi = {
  /** An address below the organization. */
  ofOrganization(...parts: readonly string[]): string
  /** A 2xx answer. */
  send(request: Request): Promise<Answer>
  read<T>(schema: z.ZodType<T>, request: Request): Promise<T>
  /** The pages of a list, as they come. */
  pages<T>(
    schema: z.ZodType<Page<T>>,
    request: Omit<Request, 'method'>,
  ): AsyncGenerator<readonly T[]>
}

export function createCredlyApi(
  options: CredlyOptions,
  deps: HttpDeps & { readonly now: () => Date },
): CredlyApi {
  const http = createHttp(credlyName, deps)
  const access = createAccess(options, http, deps.now)
  const { apiBaseUrl, organizationId } = options

  async function send(request: Request, isFirst = true): Promise<Answer> {
    let authorization = ''
    try {
      authorization = await access.header()
      const answer = await http({ ...request, headers: { authorization } })
      if (answer.status >= 300) throw toFailure(answer)
      return answer
    } catch (error) {
      // What was not authorized had no effect, so it may be repeated whatever it was.
      const mayRepeat = isFirst && authorization !== '' && isUnauthorized(error)
      if (mayRepeat && access.discard(authorization)) return await send(request, false)
      throw error
    }
  }

  async function read<T>(schema: z.ZodType<T>, request: Request): Promise<T> {
    return parseAnswer(schema, await send(request))
  }

  async function* pages<T>(schema: z.ZodType<Page<T>>, request: Omit<Request, 'method'>) {
    const seen = new Set<string>()
    let url: string | undefined = request.url
    // An answer that names a page we have had would never end.
    while (url !== undefined && !seen.has(url)) {
      if (seen.size === mostPages) throw refuseEndless()
      seen.add(url)
      const page: Page<T> = await read(schema, { ...request, method: 'GET', url })
      yield page.data
      const next = page.metadata?.next_page_url
      url = next ? checkedNextPage(credlyName, next, apiBaseUrl) : undefined
    }
  }

  return {
    ofOrganization: (...parts) => joinPath(apiBaseUrl, 'organizations', organizationId, ...parts),
    send: (request) => send(request),
    read,
    pages,
  }
}

function refuseEndless(): ProviderError {
  const message = `${credlyName} has not come to the end of a list after ${mostPages} pages.`
  return new ProviderError(message, { kind: 'refused', reason: 'other' })
}

function isUnauthorized(error: unknown): boolean {
  return error instanceof ProviderError && error.status === 401
}
