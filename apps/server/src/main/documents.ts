import { Buffer } from 'node:buffer'

/** What is fetched of one address, and how far we go for it. */
type Limits = { readonly mostBytes: number; readonly accept: string }

const withinMs = 10_000
const mostRedirects = 3

/** Fetches over HTTP with limits on time, size and redirects; throws with a sentence that says why not. */
export async function fetchBytes(address: string, { mostBytes, accept }: Limits): Promise<Buffer> {
  const signal = AbortSignal.timeout(withinMs)
  let url = toHttpUrl(address)
  for (let redirects = 0; ; redirects += 1) {
    const response = await request(url, { redirect: 'manual', signal, headers: { accept } })
    const target = response.headers.get('location')
    if (response.status < 300 || response.status >= 400 || target === null) {
      if (!response.ok) throw refusedBy(url, response.status)
      return await readAtMost(response, mostBytes)
    }
    await response.body?.cancel()
    if (redirects === mostRedirects) throw new Error(`${address} redirects too often`)
    url = toHttpUrl(new URL(target, url).href)
  }
}

// The status goes with it: a badge whose address answers 410 Gone was revoked.
function refusedBy(url: URL, status: number): Error {
  return Object.assign(new Error(`${url.href} answers ${status}`), { status })
}

// A connection may fail for a moment; that alone is no reason to call a badge doubtful.
async function request(url: URL, init: RequestInit): Promise<Response> {
  return await fetch(url, init).catch((error) => {
    if (init.signal?.aborted) throw error
    return fetch(url, init)
  })
}

async function readAtMost(response: Response, most: number): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of response.body ?? []) {
    size += chunk.length
    if (size > most) throw new Error(`${response.url} sends more than ${most} bytes`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function toHttpUrl(address: string): URL {
  const url = URL.canParse(address) ? new URL(address) : undefined
  if (url !== undefined && /^https?:$/.test(url.protocol)) return url
  throw new Error(`${address} is no http or https address`)
}

const asJson = {
  mostBytes: 1024 * 1024,
  accept: 'application/json, application/ld+json, application/vc, application/vc+jwt',
}

/** Answers with the JSON at an address, or its text where it is none (a signed list, say). */
export async function fetchDocument(address: string): Promise<unknown> {
  const text = (await fetchBytes(address, asJson)).toString('utf8')
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/** Answers from a map of addresses instead of the network; a fragment need not be in it. */
export function documentsFrom(map: Readonly<Record<string, unknown>>) {
  return async (address: string): Promise<unknown> => {
    const plain = address.replace(/#.*$/, '')
    const found = [address, plain].find((candidate) => Object.hasOwn(map, candidate))
    if (found === undefined) throw new Error(`${address} is not among the given documents`)
    return map[found]
  }
}
