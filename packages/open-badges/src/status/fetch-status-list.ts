import { OpenBadgesError } from '../errors.js'
import type { JsonObject } from '../json/json.js'
import type { IssuerQuestion } from '../proofs/check-issuer.js'

/** The document behind the address of a status list. */
export async function fetchStatusList(
  url: string,
  { documents }: Pick<IssuerQuestion, 'documents'>,
): Promise<JsonObject> {
  try {
    return await documents(url)
  } catch (cause) {
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
