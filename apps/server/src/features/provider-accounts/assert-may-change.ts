import { providerNames } from '@rosette/providers'
import { type Db, isUniqueViolation } from '../../db/database.js'
import { AppError } from '../../http/app-error.js'
import { type AccountRow, usesOf } from './account-repository.js'
import type { AccountSecret } from './account-secret.js'
import { isOtherHost, type Place } from './account-values.js'

type Change = {
  readonly place: Place
  readonly secret: AccountSecret | undefined
  /** Its key stands in the settings. */
  readonly isFixed: boolean
}

/** Refuses a change that would lose badges, or send a key where nobody meant it to go. */
export async function assertMayChange(
  db: Db,
  before: AccountRow,
  { place, secret, isFixed }: Change,
): Promise<void> {
  const isOther = place.external_id !== before.external_id
  if (isFixed && (secret !== undefined || isOther || place.api_base_url !== before.api_base_url)) {
    throw preconfigured(before, 'Key, organization and address are changed there.')
  }
  if (isOther) {
    const uses = await usesOf(db, before.id)
    if (uses.issuances || uses.templates > 0) throw inUse(before, uses)
  }
  if (secret === undefined && isOtherHost(before, place)) {
    const reason = 'Must be given again: the stored key is not sent to another host.'
    const faults = [{ path: 'credentials', reason }]
    throw new AppError('request-invalid', 'Another address needs the key again.', { faults })
  }
}

export function preconfigured({ name, external_id: id }: AccountRow, why: string): AppError {
  return new AppError(
    'provider-account-preconfigured',
    `The key of the account "${name}" stands in the settings (BADGES_CONFIG.credly.ORGANIZATIONS, ${id}). ${why}`,
  )
}

type Uses = { readonly issuances: boolean; readonly templates: number }

export function inUse({ name }: AccountRow, { issuances }: Uses): AppError {
  const message = issuances
    ? `Badges were issued through the account "${name}", and they stay where they are. Pause it instead, so that nothing more is sent.`
    : `Badge templates issue through the account "${name}". Bind them to another target first.`
  return new AppError('provider-account-in-use', message)
}

export async function unlessTaken(
  { provider, external_id: id }: AccountRow,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work()
  } catch (cause) {
    if (!isUniqueViolation(cause)) throw cause
    const message = `There is an account for ${id} at ${providerNames[provider]} already. Change that one.`
    throw new AppError('provider-account-exists', message, { cause })
  }
}
