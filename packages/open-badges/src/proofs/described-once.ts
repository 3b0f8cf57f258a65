import { OpenBadgesError } from '../errors.js'
import { asArray, isJsonObject, type JsonObject, stringsOf } from '../json/json.js'

/**
 * Refuses a document that describes its credential, its subject or a status in a second place.
 *
 * A signature over statements does not say where they stood. Where a credential's id and type occur
 * twice, its end date or status may be moved to the second place and the signature still holds, while
 * a reader looks for them in the first. Two statuses of one id may exchange their lists.
 */
export function assertDescribedOnce(document: JsonObject): void {
  const guarded = [document, document['credentialSubject'], document['credentialStatus']]
    .flatMap(asArray)
    .filter(isJsonObject)
  const places = new Map<unknown, JsonObject[]>()
  for (const place of guarded) {
    const { id } = place
    if (typeof id === 'string') places.set(id, [...(places.get(id) ?? []), place])
  }
  if (places.size > 0) checkPlaces(document, places)
}

function checkPlaces(value: JsonObject, places: ReadonlyMap<unknown, readonly JsonObject[]>): void {
  const twin = places.get(value['id'])?.find((place) => place !== value && sharesType(place, value))
  if (twin !== undefined) {
    const name = String(value['id']).slice(0, 200)
    throw new OpenBadgesError('ERR_OB_UNSAFE', `The document describes ${name} in two places.`)
  }
  for (const member of Object.values(value)) {
    for (const item of asArray(member)) if (isJsonObject(item)) checkPlaces(item, places)
  }
}

// Many endorsements may be about one thing, and each says its own part.
const SHARED = 'EndorsementSubject'

function sharesType(one: JsonObject, other: JsonObject): boolean {
  const types = stringsOf(other['type'])
  return stringsOf(one['type']).some((type) => type !== SHARED && types.includes(type))
}
