import { didWebUrl, OpenBadgesError } from '@rosette/open-badges'
import { type Answer, accept, toDocument } from './to-document.js'

/** An address that one verification asked, and why it got no answer if it did not. */
export type Asked = {
  readonly url: string
  readonly type?: string
  readonly problem?: string
  /** True where the address says that it is gone for good (410). */
  readonly isGone?: boolean
}

/** Fetches an address of somebody else; its errors have sentences for people. */
export type FetchElsewhere = (
  url: string,
  request: { readonly accept: string; readonly isFresh?: boolean },
) => Promise<Answer>

type Parts = {
  /** Answers our own addresses; undefined for any other. */
  readonly here: (url: string) => Promise<Answer> | undefined
  readonly elsewhere: FetchElsewhere
  /** How many addresses one verification may ask, and for how many milliseconds. */
  readonly most: number
  readonly withinMs: number
  /** Aborted when whoever asked has left: then nobody else is asked any more. */
  readonly signal?: AbortSignal | undefined
  /** Whether what is remembered of an address is not enough. */
  readonly isFresh?: boolean | undefined
}

/** The questions of one verification to other servers: bounded in number and time, and remembered. */
export function openInquiry(parts: Parts) {
  const { here, elsewhere, most, withinMs, signal, isFresh = false } = parts
  const asked: Asked[] = []
  const until = performance.now() + withinMs
  let image: Uint8Array | undefined
  let first: Answer | undefined

  async function ask(url: string, wanted = accept): Promise<Answer> {
    if (asked.length >= most) throw new RefusedHere(`A badge may ask ${most} addresses, no more.`)
    const place = asked.push({ url }) - 1
    try {
      const left = until - performance.now()
      const work = async () => here(url) ?? elsewhere(url, { accept: wanted, isFresh })
      const answer = await within({ ms: left, signal }, work)
      asked[place] = { url, type: answer.type }
      if (place === 0) first = answer
      return answer
    } catch (error) {
      asked[place] = { url, problem: problemOf(error), isGone: statusOf(error) === 410 }
      throw error
    }
  }

  async function documents(address: string): Promise<unknown> {
    const document = toDocument(await ask(toUrl(address)).catch(sayWhyGone))
    if (document instanceof Uint8Array) image ??= document
    return document
  }

  return {
    ask,
    documents,
    asked: (): readonly Asked[] => [...asked],
    image: () => image,
    /** What the first address answered: the badge, where it was given by its address. */
    first: () => first,
  }
}

export type Inquiry = ReturnType<typeof openInquiry>

/** A refusal of ours, whose sentence people may read. */
class RefusedHere extends Error {}

/** An address is gone, and what it answered may say why. */
class Gone extends Error {
  readonly status = 410
  readonly document: unknown

  constructor(document: unknown, cause: unknown) {
    super('is gone', { cause })
    this.document = document
  }
}

function sayWhyGone(error: unknown): never {
  const bytes = error instanceof Error && 'bytes' in error ? error.bytes : undefined
  if (statusOf(error) !== 410 || !(bytes instanceof Uint8Array)) throw error
  throw new Gone(toDocument({ bytes, type: '' }), error)
}

/** An elsewhere for those who are not to ask anybody. */
export async function refuseElsewhere(): Promise<never> {
  throw new RefusedHere('This site asks no other servers.')
}

function toUrl(address: string): string {
  const url = address.startsWith('did:') ? didWebUrl(address) : address
  if (!URL.canParse(url)) throw new RefusedHere('This is no address.')
  return url.replace(/#.*$/, '')
}

type Limits = { readonly ms: number; readonly signal: AbortSignal | undefined }

async function within<Result>(
  { ms, signal }: Limits,
  work: () => Promise<Result>,
): Promise<Result> {
  const tooLate = new RefusedHere('The time for checking this badge was used up.')
  if (ms <= 0) throw tooLate
  if (signal?.aborted === true) throw hasLeft()
  const ended = new AbortController()
  const end = new Promise<never>((_resolve, reject) => {
    const timer = setTimeout(() => reject(tooLate), ms)
    ended.signal.addEventListener('abort', () => clearTimeout(timer))
    const leave = () => reject(hasLeft())
    signal?.addEventListener('abort', leave, { signal: ended.signal })
  })
  try {
    return await Promise.race([work(), end])
  } finally {
    ended.abort()
  }
}

function hasLeft(): RefusedHere {
  return new RefusedHere('Whoever asked has left.')
}

// Only sentences that were written for people; of anything else, that it did not work.
function problemOf(error: unknown): string {
  if (error instanceof RefusedHere || error instanceof OpenBadgesError) return error.message
  if (!(error instanceof Error)) return 'did not answer'
  if (error.name === 'GuardedFetchError') return error.message
  const status = statusOf(error)
  return status === undefined ? 'did not answer' : `answers ${status}`
}

function statusOf(error: unknown): number | undefined {
  const status = error instanceof Error && 'status' in error ? error.status : undefined
  return typeof status === 'number' ? status : undefined
}
