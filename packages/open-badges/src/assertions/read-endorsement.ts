import { OpenBadgesError } from '../errors.js'
import { isJsonObject, type JsonObject, parseJson } from '../json/json.js'
import { type Documents, tokenOf } from '../keys/resolve-key.js'
import { isCompactJws, partOf } from '../reading/detect.js'
import { isUrl } from './assertion-documents.js'

/** An endorsement as it was found, and the JWS that carried it. */
export type Endorsement = { readonly document: JsonObject; readonly token?: string }

/** Reads an endorsement written out, given by its address, or signed (OB 2.0, Endorsement). */
export async function readEndorsement(value: unknown, documents: Documents): Promise<Endorsement> {
  if (typeof value === 'string' && isCompactJws(value)) return fromToken(value)
  const address = isJsonObject(value) && value['claim'] === undefined ? value['id'] : value
  if (isJsonObject(address)) return { document: address }
  if (!isUrl(address)) {
    const message = 'An endorsement is neither an object, nor an address, nor a signed text.'
    throw new OpenBadgesError('ERR_OB_MALFORMED', message)
  }
  const document = await fetchEndorsement(address, documents)
  const token = tokenOf(document)
  return token === undefined ? { document } : fromToken(token)
}

function fromToken(token: string): Endorsement {
  const document = parseJson(partOf(token, 1))
  if (isJsonObject(document)) return { document, token }
  throw new OpenBadgesError('ERR_OB_JSON', 'A signed endorsement does not hold a JSON object.')
}

async function fetchEndorsement(url: string, documents: Documents): Promise<JsonObject> {
  try {
    return await documents(url)
  } catch (cause) {
    const message = 'The address of the endorsement does not answer; try again later.'
    throw new OpenBadgesError('ERR_OB_HOSTED_UNREACHABLE', message, { cause })
  }
}
