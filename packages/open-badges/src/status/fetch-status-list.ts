import { type ErrorCode, OpenBadgesError } from '../errors.js'
import type { JsonObject } from '../json/json.js'
import type { IssuerQuestion } from '../proofs/check-issuer.js'

const NOT_JSON: ReadonlySet<ErrorCode> = new Set([
  'ERR_OB_JSON',
  'ERR_OB_JSON_DUPLICATE',
  'ERR_OB_TOO_LARGE',
])

/** The document behind the address of a status list. */
export async function fetchStatusList(
  url: string,
  { documents }: Pick<IssuerQuestion, 'documents'>,
): Promise<JsonObject> {
  try {
    return await documents(url)
  } catch (cause) {
    // Something did answer, and it is no list.
    if (cause instanceof OpenBadgesError && NOT_JSON.has(cause.code)) {
      const message = `The list at ${url} cannot be read: ${cause.message}`
      throw new OpenBadgesError('ERR_OB_STATUS_LIST', message, { cause })
    }
    throw new OpenBadgesError('ERR_OB_STATUS_UNREACHABLE', `The list at ${url} does not answer.`, {
      cause,
    })
  }
}

/** The refusal of a list that anybody might have written. */
export function untrusted(reason: string, cause?: unknown): OpenBadgesError {
  const message = `The status list cannot be trusted: ${reason}.`
  return new OpenBadgesError('ERR_OB_STATUS_UNTRUSTED', message, { cause })
}
