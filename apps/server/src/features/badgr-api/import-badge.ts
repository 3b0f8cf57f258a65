import type { Db } from '../../db/database.js'
import { type BadgrError, badRequest, type Fields, isFields } from '../badgr-auth/badgr-auth.js'
import type { BackpackDoor, BadgeToImport, ImportOutcome } from './backpack-door.js'
import { listRejected } from './backpack-views.js'
import { fromDataUri } from './read-image.js'

const onlyOne = "Must provide only one of 'url', 'image' or 'assertion'."

/** Brings one badge into a backpack; answers with what it is there. One that was rejected is wanted again. */
export async function importInto(
  { backpack, db }: { readonly backpack: BackpackDoor; readonly db: Db },
  userId: string,
  fields: Fields,
): Promise<string> {
  const badge = readBadge(fields)
  const rejected = await listRejected(db, userId)
  const outcome = await backpack.importBadge(userId, badge)
  const id = outcome.entryId ?? outcome.awardId
  if (outcome.outcome === 'refused' || id === null) throw refused(outcome)
  if (outcome.outcome === 'duplicate' && !rejected.has(id)) {
    throw told('DUPLICATE_BADGE', 'You already have this badge in your backpack')
  }
  return id
}

function readBadge(fields: Fields): BadgeToImport {
  const { url, image, assertion } = fields
  const given = [url, image, assertion].filter(
    (one) => one !== undefined && one !== null && one !== '',
  )
  if (given.length !== 1) throw badRequest(onlyOne)
  if (typeof url === 'string' && url !== '') return { url }
  if (isFields(assertion)) return { assertion }
  const bytes = typeof image === 'string' ? fromDataUri(image) : image
  if (Buffer.isBuffer(bytes)) return { image: bytes }
  throw told('INVALID_BADGE', 'The badge could not be read.')
}

function refused({ outcome, code, message }: ImportOutcome): BadgrError {
  const isForAnother = outcome === 'waiting'
  return told(isForAnother ? 'VERIFY_RECIPIENT_IDENTIFIER' : nameOf(code ?? ''), message)
}

/** What went wrong, by the names that Badgr had for it. */
function nameOf(code: string): string {
  if (/UNREACHABLE|FETCH/.test(code)) return 'FETCH_HTTP_NODE'
  if (/RECIPIENT/.test(code)) return 'VERIFY_RECIPIENT_IDENTIFIER'
  if (/REVOKED/.test(code)) return 'ASSERTION_REVOKED'
  if (/PROOF|SIGNATURE|KEY/.test(code)) return 'VERIFY_SIGNATURE'
  if (/NO_BADGE|NOT_FOUND|EMPTY/.test(code)) return 'ASSERTION_NOT_FOUND'
  if (/UNKNOWN|STATUS/.test(code)) return 'UNABLE_TO_VERIFY'
  return 'INVALID_BADGE'
}

function told(name: string, description: string): BadgrError {
  return badRequest({ name, description })
}
