import { inTransaction } from '../../db/database.js'
import { AppError } from '../../http/app-error.js'
import { parsePublicId } from '../../http/public-id.js'
import { changesOf, createAuditOf } from '../audit/audit.js'
import {
  BadgrError,
  badFields,
  badRequest,
  type Caller,
  type Fields,
  isFields,
  mayIn,
  textIn,
} from '../badgr-auth/badgr-auth.js'
import type { ApiDeps } from './api-deps.js'
import { type AssertionRow, findAssertionRows, updateAssertion } from './assertion-repository.js'
import { readEvidence, readTime } from './read-assertion.js'
import { openReading } from './reading.js'

const audit = createAuditOf('award')
const alreadyRevoked = 'Assertion is already revoked'

type Asked = { readonly row: AssertionRow; readonly fields: Fields; readonly actor: string }

/** Changes what an award says beside who got it and when, and signs the badge anew. */
export async function changeAssertion(deps: ApiDeps, { row, fields, actor }: Asked): Promise<void> {
  if (row.status === 'revoked') throw badRequest(alreadyRevoked)
  const change = readChange(row, fields, deps.now())
  if (Object.keys(change).length === 0) return
  await inTransaction(deps.db, async (tx) => {
    await updateAssertion(tx, row.id, change)
    const changes = changesOf(pick(row, change), change)
    await audit(tx, row.id, { actor, action: 'update', ...changes })
  })
  try {
    await deps.reissue(row.id, actor)
  } catch (error) {
    // Not signed yet, or issued elsewhere: what is signed later says the new things.
    if (!(error instanceof AppError)) throw error
  }
}

function readChange(row: AssertionRow, fields: Fields, now: Date) {
  const reading = openReading(fields)
  const narrative = reading.text('narrative', 16_384)
  const expires = readTime(reading, 'expires')
  if (
    expires !== undefined &&
    Date.parse(expires) <= Math.max(now.getTime(), Date.parse(row.awardedAt))
  ) {
    reading.fail('expires', 'Must be later than now and than the award.')
  }
  const issuedOn = readTime(reading, 'issuedOn')
  if (
    issuedOn !== undefined &&
    Math.abs(Date.parse(issuedOn) - Date.parse(row.awardedAt)) >= 1000
  ) {
    reading.fail('issuedOn', 'When a badge was awarded stays; revoke it and award it again.')
  }
  if (isOther(fields['recipient'], row)) {
    reading.fail(
      'recipient',
      'Whose badge it is stays; revoke it and award it to the other person.',
    )
  }
  const evidence = fields['evidence'] === undefined ? undefined : readEvidence(reading)
  reading.done()
  return {
    ...(evidence !== undefined && { evidence }),
    ...(narrative !== undefined && { narrative: narrative || null }),
    ...(fields['expires'] !== undefined && { expiresAt: expires ?? null }),
  }
}

// What was read before is sent back: the hash, or the address in the clear.
function isOther(recipient: unknown, row: AssertionRow): boolean {
  if (!isFields(recipient)) return false
  const plain = textIn(recipient, 'plaintextIdentity') ?? textIn(recipient, 'identity') ?? ''
  return (
    plain !== '' && !plain.startsWith('sha256$') && plain.toLowerCase() !== row.email.toLowerCase()
  )
}

function pick(row: AssertionRow, change: object): object {
  return Object.fromEntries(Object.keys(change).map((name) => [name, Reflect.get(row, name)]))
}

export async function revokeOne(deps: ApiDeps, { row, fields, actor }: Asked): Promise<void> {
  const reason = (
    textIn(fields, 'revocation_reason') ??
    textIn(fields, 'revocationReason') ??
    ''
  ).trim()
  if (reason === '') throw badFields({ revocation_reason: ['This field is required.'] })
  await revoke(deps, { row, reason, actor })
}

async function revoke(
  { awards }: Pick<ApiDeps, 'awards'>,
  {
    row,
    reason,
    actor,
  }: { readonly row: AssertionRow; readonly reason: string; readonly actor: string },
): Promise<void> {
  if (row.status === 'revoked') throw new BadgrError(400, alreadyRevoked)
  try {
    await awards.revoke(row.id, reason, actor)
  } catch (error) {
    // Of two at once, the second is told so.
    if (!(error instanceof AppError) || error.code !== 'award-not-active') throw error
    throw new BadgrError(400, alreadyRevoked)
  }
}

type Revoking = { readonly caller: Caller; readonly items: readonly Fields[] }

/** Each is answered for by itself; what cannot be revoked keeps the others from nothing. */
export async function revokeAll(deps: ApiDeps, { caller, items }: Revoking) {
  const result: object[] = []
  for (const fields of items) {
    const entityId = textIn(fields, 'entityId')
    const revocationReason = textIn(fields, 'revocationReason')
    const told = {
      ...(entityId !== undefined && { entityId }),
      ...(revocationReason !== undefined && { revocationReason }),
    }
    const reason = await tryToRevoke(deps, { caller, entityId, revocationReason })
    result.push(
      reason === undefined ? { revoked: true, ...told } : { revoked: false, reason, ...told },
    )
  }
  return result
}

async function tryToRevoke(
  deps: ApiDeps,
  asked: {
    readonly caller: Caller
    readonly entityId: string | undefined
    readonly revocationReason: string | undefined
  },
): Promise<string | undefined> {
  const { caller, entityId = '', revocationReason: reason = '' } = asked
  if (entityId === '') return 'entityId is required'
  if (reason.trim() === '') return 'revocationReason is required'
  const id = parsePublicId(entityId)
  const [row] = id === undefined ? [] : await findAssertionRows(deps.db, [id])
  if (row === undefined || !mayIn(caller, 'award:edit', row)) {
    return 'permission denied or object not found'
  }
  try {
    await revoke(deps, { row, reason: reason.trim(), actor: caller.actor.name })
    return undefined
  } catch (error) {
    if (error instanceof BadgrError && error.status === 400) return error.message
    throw error
  }
}
