import type { z } from 'zod'
import { type Answer, type Call, checkedNextPage, createHttp, unexpectedAnswer } from '../http.js'
import { ProviderError } from '../provider-error.js'
import { envelopeOf } from './entities.js'
import { type BadgrDeps, type BadgrOptions, toBase } from './options.js'
import { type Missing, toRefusal } from './refusals.js'
import { createSignIn } from './sign-in.js'
import { createTokens, fixedToken, type Tokens } from './tokens.js'

export type Question = {
  /** What a message calls the call, such as `the order`. */
  readonly what: string
  /** What it means that the thing in the path is not there. */
  readonly missing?: Missing
  readonly method?: Call['method']
  /** The parts below `/v2`, or the whole address of a next page. */
  readonly path: readonly string[] | string
  readonly query?: Readonly<Record<string, string>>
  readonly body?: object
  readonly signal?: AbortSignal | undefined
}

/** Calls to one server, with its envelope taken off and its refusals thrown. */
export function createApi({ baseUrl, credentials }: BadgrOptions, deps: BadgrDeps) {
  const base = toBase(baseUrl)
  const name = new URL(base).host
  const http = createHttp(name, deps)
  const now = deps.now ?? (() => new Date())
  const tokens: Tokens =
    credentials.kind === 'token'
      ? fixedToken(credentials.token)
      : createTokens(name, createSignIn(base, credentials, deps), now)

  /** An answer that is no refusal. */
  async function ask(question: Question): Promise<Answer> {
    const { what, method = 'GET', body, signal, missing = 'not-found' } = question
    const url = addressOf(question)
    if (url === undefined) {
      const message = `${name} has nothing with such an id: ${what} was not sent.`
      throw new ProviderError(message, { kind: 'refused', reason: missing })
    }
    const answer = await tokens.use(
      (token) => http({ method, url, body, signal, headers: { authorization: `Bearer ${token}` } }),
      signal,
    )
    if (answer.status >= 400) throw toRefusal(name, { what, missing }, answer)
    return answer
  }

  function addressOf({ path, query }: Question): string | undefined {
    if (typeof path === 'string') return path
    // These would name another path, encoded or not.
    if (path.some((part) => /^\.{0,2}$/.test(part))) return undefined
    const search = query === undefined ? '' : `?${new URLSearchParams(query)}`
    return `${base}/v2/${path.map(encodeURIComponent).join('/')}${search}`
  }

  async function list<T>(question: Question, item: z.ZodType<T>): Promise<readonly T[]> {
    return readResult(name, { what: question.what, item }, await ask(question))
  }

  async function one<T>(question: Question, item: z.ZodType<T>): Promise<T> {
    const answer = await ask(question)
    const [first] = readResult(name, { what: question.what, item }, answer)
    if (first === undefined) throw unexpectedAnswer(name, question.what, answer)
    return first
  }

  /** Undefined for what is not there. */
  async function find<T>(question: Question, item: z.ZodType<T>): Promise<T | undefined> {
    try {
      return await one(question, item)
    } catch (error) {
      if (!isNotFound(error)) throw error
      return undefined
    }
  }

  /** Every page, as the `Link` headers lead; one page where the server does not cut its lists. */
  async function* pages<T>(question: Question, item: z.ZodType<T>): AsyncGenerator<readonly T[]> {
    const seen = new Set<string>()
    let path: Question['path'] | undefined = question.path
    while (path !== undefined) {
      const answer: Answer = await ask({ ...question, path })
      yield readResult(name, { what: question.what, item }, answer)
      path = nextPage(readNextLink(answer.headers.get('link')), seen)
    }
  }

  function nextPage(next: string | undefined, seen: Set<string>): string | undefined {
    if (next === undefined) return undefined
    const url = checkedNextPage(name, next, base)
    if (seen.has(url)) {
      const message = `${name} names the same next page again and again.`
      throw new ProviderError(message, { kind: 'refused', reason: 'other' })
    }
    seen.add(url)
    return url
  }

  return { name, now, ask, list, one, find, pages, nextPage }
}

export type Api = ReturnType<typeof createApi>

export function isNotFound(error: unknown): boolean {
  return error instanceof ProviderError && error.reason === 'not-found'
}

function readResult<T>(
  name: string,
  { what, item }: { readonly what: string; readonly item: z.ZodType<T> },
  answer: Answer,
): readonly T[] {
  const parsed = envelopeOf(item).safeParse(answer.json)
  if (!parsed.success) throw unexpectedAnswer(name, what, answer)
  return parsed.data.result
}

/** The `next` of a `Link` header (RFC 8288). */
function readNextLink(header: string | null): string | undefined {
  return header?.match(/<([^<>]*)>[^<]*?;\s*rel="?next\b/i)?.[1]
}
