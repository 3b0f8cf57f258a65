import {
  GuardedFetchError,
  type GuardedRequest,
  type GuardedResponse,
} from '@rosette/guarded-fetch'
import { z } from 'zod'
import { AppError } from '../../http/app-error.js'

/** Asks another host; what goes wrong becomes a sentence for the person who wanted it. */
export async function askHost(
  request: GuardedRequest,
  ...asking: Parameters<GuardedRequest>
): Promise<GuardedResponse> {
  try {
    return await request(...asking)
  } catch (error) {
    if (!(error instanceof GuardedFetchError)) throw error
    throw new AppError('host-refused', error.message, { cause: error })
  }
}

export function isGood({ status }: GuardedResponse): boolean {
  return status >= 200 && status < 300
}

/** What an answer holds, if it is JSON; undefined for anything else. */
export function jsonOf({ bytes }: Pick<GuardedResponse, 'bytes'>): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes))
  } catch {
    return undefined
  }
}

const complaint = z.union([
  z.object({ imsx_description: z.string() }).transform((body) => body.imsx_description),
  z.object({ status: z.object({ error: z.string() }) }).transform((body) => body.status.error),
  z.object({ error_description: z.string() }).transform((body) => body.error_description),
  z.object({ error: z.string() }).transform((body) => body.error),
  z.object({ message: z.string() }).transform((body) => body.message),
])

/** A refusal of another host in its own words, which are quoted because anything may stand in them. */
export function refusedBy(name: string, answer: GuardedResponse, doing: string): AppError {
  const words = complaint.safeParse(jsonOf(answer))
  const said = words.success ? `: "${plain(words.data)}"` : ` with status ${answer.status}.`
  return new AppError('host-refused', `${doing}, ${name} answered${said}`)
}

/** Text of strangers as one line without what cannot be seen. */
export function plain(text: string, most = 300): string {
  const seen = text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ').trim()
  return seen.length <= most ? seen : `${seen.slice(0, most)}…`
}
