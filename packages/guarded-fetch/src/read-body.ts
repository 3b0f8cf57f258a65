import type { IncomingMessage } from 'node:http'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { GuardedFetchError } from './guarded-fetch-error.js'

/** How much is read of an answer, and until when; `name` says whose answer it is. */
export type BodyLimits = {
  readonly maxBytes: number
  readonly signal: AbortSignal
  readonly name: string
}

/** Reads an answer to its end; the limit holds for what comes in and for what it unpacks to. */
export async function readBody(response: IncomingMessage, limits: BodyLimits): Promise<Uint8Array> {
  const { signal, name } = limits
  const coding = (response.headers['content-encoding'] ?? 'identity').trim().toLowerCase()
  try {
    if (Number(response.headers['content-length'] ?? 0) > limits.maxBytes) throw tooLarge(limits)
    const limit = createLimit(limits)
    if (coding === 'identity' || coding === '') {
      return await pipeline(response, limit, collect, { signal })
    }
    if (coding === 'gzip' || coding === 'x-gzip') {
      const inflated = createLimit(limits)
      return await pipeline(response, limit, createGunzip(), inflated, collect, { signal })
    }
  } finally {
    response.destroy()
  }
  const message = `${name} packs its answer in a way that was not asked for.`
  throw new GuardedFetchError('ERR_GUARD_UNREACHABLE', message)
}

type Chunks = AsyncIterable<Uint8Array>

function createLimit(limits: BodyLimits) {
  return async function* limit(chunks: Chunks): AsyncGenerator<Uint8Array> {
    let size = 0
    for await (const chunk of chunks) {
      size += chunk.length
      if (size > limits.maxBytes) throw tooLarge(limits)
      yield chunk
    }
  }
}

async function collect(chunks: Chunks): Promise<Uint8Array> {
  const all: Uint8Array[] = []
  for await (const chunk of chunks) all.push(chunk)
  return Buffer.concat(all)
}

function tooLarge({ maxBytes, name }: BodyLimits): GuardedFetchError {
  const message = `${name} answers with more than ${maxBytes} bytes, which is more than is read here.`
  return new GuardedFetchError('ERR_GUARD_TOO_LARGE', message)
}
