import { addYears, readDay } from './accredible-dates.js'
import type {
  CredentialInput,
  CredentialRecord,
  EvidenceInput,
  EvidenceRecord,
  GroupRecord,
} from './accredible-records.js'
import { AccredibleRefusal, invalid } from './accredible-refusal.js'
import type { AccredibleStore, Scope } from './accredible-store.js'

const alreadyTaken =
  'has already been taken. Your group settings do not allow duplicates of this credential to be sent to the same email.'
const categories = new Set(['file', 'url', 'video', 'grade', 'transcript', 'course_duration'])

export type AccredibleCredentials = ReturnType<typeof createAccredibleCredentials>

/** What may be done with credentials, by the rules of the account. */
export function createAccredibleCredentials(store: AccredibleStore, newId: () => string) {
  const { groups, credentials, nextId, stamp } = store
  // By address, so that the hundred thousandth credential is made as fast as the first. What was
  // deleted or readdressed since is told by looking again.
  const holders = new Map<string, CredentialRecord[]>()

  function create(input: CredentialInput, scope: Scope): CredentialRecord {
    const recipient = readRecipient(input)
    const group = findGroup(input, scope)
    const { name, description } = readTexts(input, group)
    assertNoDuplicate(group, recipient.email)
    const issued = input.issued_on ? readDay('issued_on', input.issued_on) : stamp().slice(0, 10)
    const credential: CredentialRecord = {
      id: nextId(),
      uuid: newId(),
      created_at: stamp(),
      updated_at: stamp(),
      department_id: group.department_id,
      group_id: group.id,
      license_id: input.id ?? null,
      name,
      description,
      approve: false,
      complete: input.complete ?? true,
      private: input.private ?? false,
      issued_on: issued,
      expired_on: readExpiry(input, group, issued),
      published_on: null,
      custom_attributes: input.custom_attributes ?? null,
      meta_data: input.meta_data ?? null,
      recipient,
      evidence: (input.evidence_items ?? []).map((item, i) => toEvidence(item, i, nextId())),
      recipient_opened: false,
    }
    setApproved(credential, input.approve ?? true, store)
    credentials.set(credential.id, credential)
    remember(credential)
    return credential
  }

  /** PUT and PATCH alike: what is left out stays. */
  function update(credential: CredentialRecord, input: CredentialInput, scope: Scope): void {
    const group = input.group_id ? findGroup(input, scope) : groups.get(credential.group_id)
    const email = input.recipient?.email ?? credential.recipient.email
    const moved = group?.id !== credential.group_id || email !== credential.recipient.email
    if (group && moved) assertNoDuplicate(group, email, credential.id)
    const { issued_on, expired_on } = input
    // All is read before anything is written.
    const issued = issued_on ? readDay('issued_on', issued_on) : credential.issued_on
    const expires = expired_on ? readDay('expired_on', expired_on) : expired_on
    credential.issued_on = issued
    if (expires !== undefined) credential.expired_on = expires
    if (group) credential.group_id = group.id
    credential.license_id = input.id ?? credential.license_id
    credential.name = input.name ?? credential.name
    credential.description = input.description ?? credential.description
    credential.complete = input.complete ?? credential.complete
    credential.private = input.private ?? credential.private
    credential.custom_attributes = input.custom_attributes ?? credential.custom_attributes
    credential.meta_data = input.meta_data ?? credential.meta_data
    credential.recipient = changed(credential.recipient, input.recipient)
    if (moved) remember(credential)
    if (input.approve != null) setApproved(credential, input.approve, store)
    credential.updated_at = stamp()
  }

  function findGroup(input: CredentialInput, scope: Scope): GroupRecord {
    const named = [...groups.values()].find(({ name }) => name === input.group_name)
    const group = input.group_id ? groups.get(input.group_id) : named
    const found = store.inScope(scope, group)
    if (found === undefined) throw new AccredibleRefusal(422, { errors: 'Invalid Group' })
    return found
  }

  // That ended credentials stand in the way too is an assumption.
  function assertNoDuplicate(group: GroupRecord, email: string, except?: number): void {
    if (group.allow_duplicate_credentials) return
    const key = email.toLowerCase()
    const taken = (holders.get(key) ?? []).some(
      (other) =>
        credentials.get(other.id) === other &&
        other.recipient.email.toLowerCase() === key &&
        other.group_id === group.id &&
        other.id !== except,
    )
    if (taken) throw invalid('recipient.email', alreadyTaken)
  }

  function remember(credential: CredentialRecord): void {
    const key = credential.recipient.email.toLowerCase()
    const known = holders.get(key)
    if (known === undefined) holders.set(key, [credential])
    else known.push(credential)
  }

  return { create, update }
}

function readRecipient({ recipient }: CredentialInput): CredentialRecord['recipient'] {
  const { name, email } = recipient ?? {}
  if (!name?.trim() || !email?.trim()) {
    throw new AccredibleRefusal(422, { errors: 'Can not create credential without recipient data' })
  }
  if (!/^[^\s@]+@[^\s@]+$/.test(email)) throw invalid('recipient.email', 'is invalid')
  return {
    name,
    email,
    phone_number: recipient?.phone_number ?? null,
    id: recipient?.id ?? null,
    meta_data: recipient?.meta_data ?? null,
  }
}

function readTexts(input: CredentialInput, group: GroupRecord) {
  const name = input.name || group.course_name
  const description = input.description || group.course_description
  if (!name) throw invalid('name', "can't be blank")
  if (!description) throw invalid('description', "can't be blank")
  return { name, description }
}

function readExpiry(input: CredentialInput, group: GroupRecord, issued: string): string | null {
  if (input.expired_on) return readDay('expired_on', input.expired_on)
  const years = group.auto_expiry ?? 0
  return years > 0 ? addYears(issued, years) : null
}

function changed(
  before: CredentialRecord['recipient'],
  given: CredentialInput['recipient'],
): CredentialRecord['recipient'] {
  return {
    name: given?.name ?? before.name,
    email: given?.email ?? before.email,
    phone_number: given?.phone_number ?? before.phone_number,
    id: given?.id ?? before.id,
    meta_data: given?.meta_data ?? before.meta_data,
  }
}

/** Publishing takes a credit; without one, or in the sandbox, the credential stays unpublished. */
function setApproved(
  credential: CredentialRecord,
  wanted: boolean,
  { account, stamp }: AccredibleStore,
): void {
  if (wanted && !credential.approve) {
    if (account.sandboxMode || account.credits <= 0) return
    account.credits -= 1
    credential.published_on = stamp().slice(0, 10)
  }
  credential.approve = wanted
}

export function toEvidence(item: EvidenceInput, position: number, id: number): EvidenceRecord {
  const { description, category } = item
  if (!description) throw invalid('evidence_items.description', "can't be blank")
  if (!category || !categories.has(category)) {
    throw invalid('evidence_items.category', 'is not included in the list')
  }
  return {
    id,
    description,
    type: category,
    link_url: item.url ?? item.file ?? null,
    preview_image_url: null,
    string_object: item.string_object ?? null,
    supplemental: false,
    position: item.position ?? position,
  }
}
