import type { z } from 'zod'
import { parseJson } from '../foreign-text.js'
import { type Answer, type Call, createHttp, type HttpDeps, unexpectedAnswer } from '../http.js'
import { ProviderError } from '../provider-error.js'
import { saysFailure, toRefusal } from './refusals.js'

export type Request<T> = {
  readonly method: Call['method']
  readonly version: 'v1' | 'v2'
  /** The parts of the path; each is encoded, so an id cannot lead anywhere else. */
  readonly path: readonly string[]
  readonly body?: object
  /** Completes "Accredible refused …". */
  readonly what: string
  readonly schema: z.ZodType<T>
  readonly signal?: AbortSignal | undefined
}

export type AccredibleApi = ReturnType<typeof createApi>

/** Makes authorized calls to both versions of the API and reads their answers. */
export function createApi(
  { apiBaseUrl, apiKey }: { readonly apiBaseUrl: string; readonly apiKey: string },
  deps: HttpDeps,
) {
  const http = createHttp('Accredible', deps)
  const v1 = apiBaseUrl.endsWith('/') ? apiBaseUrl : `${apiBaseUrl}/`
  const bases = { v1, v2: new URL('../v2/', v1).href }
  const headers = {
    authorization: `Token token=${apiKey}`,
    'accredible-integration': 'Rosette',
  }

  async function send<T>({ method, version, path, body, what, signal }: Request<T>) {
    const url = `${bases[version]}${path.map((part) => encodePart(what, part)).join('/')}`
    return await http({ method, url, headers, body, signal })
  }

  /** Throws a refusal for every answer that is no success. */
  async function call<T>(request: Request<T>): Promise<T> {
    const answer = await send(request)
    if (answer.status >= 400) throw toRefusal(request.what, answer)
    // What is quoted from it must not have the key in it.
    const said = { ...answer, json: parseJson(answer.text) }
    if (saysFailure(answer.json)) throw toRefusal(request.what, said)
    return read(request, answer)
  }

  /** Undefined when Accredible has no such thing (any more). */
  async function find<T>(request: Request<T>): Promise<T | undefined> {
    try {
      return await call(request)
    } catch (error) {
      if (error instanceof ProviderError && isAbsence(error)) return undefined
      throw error
    }
  }

  return { send, call, find }
}

/** What was answered, in the shape that is expected. */
export function read<T>({ what, schema }: Request<T>, answer: Answer): T {
  const parsed = schema.safeParse(answer.json)
  if (!parsed.success) throw unexpectedAnswer('Accredible', what, answer)
  return parsed.data
}

function isAbsence({ kind, reason }: ProviderError): boolean {
  return kind === 'refused' && (reason === 'not-found' || reason === 'template-unavailable')
}

function encodePart(what: string, part: string): string {
  // These would be taken for steps in the path, encoded or not.
  if (/^\.{0,2}$/.test(part)) {
    const message = `Accredible has no id "${part}", as ${what} would need.`
    throw new ProviderError(message, { kind: 'refused', reason: 'not-found' })
  }
  return encodeURIComponent(part)
}
