import http, { type IncomingHttpHeaders, type IncomingMessage } from 'node:http'
import https from 'node:https'
import type { LookupFunction } from 'node:net'
import { readBody } from './read-body.js'
import { hostOf, nameOf } from './target.js'

/** One request: GET, unless something is sent. */
export type Question = {
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  /** What is sent, by POST. */
  readonly body?: string
  /** Whether the bytes of an answer are wanted that is not a good one. */
  readonly isAnyAnswerRead?: boolean
}

/** One answer, of any status; only a good one has its bytes, unless all are wanted. */
export type Reply = {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly bytes: Uint8Array
}

/** What limits a request. */
export type AskLimits = {
  readonly maxBytes: number
  readonly signal: AbortSignal
  readonly lookup: LookupFunction
}

/** No answer came, or no whole one. */
export class AskFailure extends Error {
  /** Whether the host was there at all. */
  readonly isConnected: boolean

  constructor(isConnected: boolean, cause: unknown) {
    super('No answer came.', { cause })
    this.isConnected = isConnected
  }
}

/** Enough for a reason in words. */
const mostOfFarewell = 64 * 1024
/** Far more than any honest answer sends before its content. */
const maxHeaderSize = 16 * 1024
/** Of several addresses each gets this long before the next; the usual 250 ms is too short across an ocean. */
const connecting = { autoSelectFamily: true, autoSelectFamilyAttemptTimeout: 1500 }

/** Asks one address once; throws `AskFailure`, whose cause may be a refusal. */
export async function askOnce(question: Question, limits: AskLimits): Promise<Reply> {
  const { url, isAnyAnswerRead = false } = question
  const response = await open(question, limits)
  const { statusCode: status = 0 } = response
  if (isAnyAnswerRead || (status >= 200 && status < 300)) {
    const bytes = await readBody(response, { ...limits, name: nameOf(url) }).catch((cause) => {
      throw new AskFailure(true, cause)
    })
    return { status, headers: response.headers, bytes }
  }
  const bytes = status === 410 ? await readFarewell(response, limits) : new Uint8Array()
  response.destroy()
  return { status, headers: response.headers, bytes }
}

/** What is left of something that is gone may say why; nothing, where it cannot be read. */
async function readFarewell(response: IncomingMessage, limits: AskLimits): Promise<Uint8Array> {
  const maxBytes = Math.min(limits.maxBytes, mostOfFarewell)
  return await readBody(response, { ...limits, maxBytes, name: '' }).catch(() => new Uint8Array())
}

function open({ url, headers, body }: Question, limits: AskLimits): Promise<IncomingMessage> {
  const { signal, lookup } = limits
  const request = url.protocol === 'https:' ? https.request : http.request
  return new Promise((resolve, reject) => {
    let isConnected = false
    const fail = (cause: unknown) => reject(new AskFailure(isConnected, cause))
    // No agent: a connection is used once, so none that was made for another host is used for this one.
    const sent = request({
      ...connecting,
      method: body === undefined ? 'GET' : 'POST',
      protocol: url.protocol,
      hostname: hostOf(url),
      port: url.port,
      path: `${url.pathname}${url.search}`,
      headers,
      agent: false,
      lookup,
      signal,
      maxHeaderSize,
    })
    sent.once('socket', (socket) => {
      socket.once('connect', () => {
        isConnected = true
      })
    })
    sent.once('response', (response) => {
      // Whoever reads it sees its errors; where nobody does, they do not matter.
      response.on('error', () => {})
      resolve(response)
    })
    sent.on('error', fail)
    sent.once('close', () => fail(new Error('The connection was closed.')))
    sent.end(body)
  })
}
