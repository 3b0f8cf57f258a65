import { importFields } from '@rosette/contract'

export type ImportField = (typeof importFields)[number]
export type Values = Partial<Record<ImportField, string>>

/** What people call the columns, without case, spaces and signs. */
const names: Readonly<Record<ImportField, readonly string[]>> = {
  email: ['email', 'emailaddress', 'mail', 'recipient', 'recipientemail', 'identifier'],
  username: ['username', 'user', 'login', 'learner', 'student'],
  lmsUserId: ['lmsuserid', 'lmsid', 'userid', 'studentid', 'learnerid'],
  name: ['name', 'fullname', 'recipientname', 'learnername', 'displayname'],
  template: ['template', 'templateid', 'badge', 'badgeid', 'badgetemplate'],
  instance: ['instance', 'for', 'course', 'courseid', 'coursekey'],
  awardedAt: ['awardedat', 'awarded', 'date', 'issuedat', 'issuedon', 'issuedate', 'awarddate'],
  expiresAt: ['expiresat', 'expires', 'expiry', 'expirydate', 'expirationdate', 'validuntil'],
  narrative: ['narrative', 'note', 'comment'],
  evidenceUrl: ['evidenceurl', 'evidence', 'url', 'link', 'evidencelink'],
  evidenceName: ['evidencename', 'evidencetitle'],
  evidenceNarrative: ['evidencenarrative', 'evidencedescription', 'evidencetext'],
}

/** What each column is, by its header; of two that are the same, the first. */
export function fieldsOf(header: readonly string[]): readonly (ImportField | null)[] {
  const taken = new Set<ImportField>()
  return header.map((title) => {
    const plain = title.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
    const field = importFields.find((one) => names[one].includes(plain))
    if (field === undefined || taken.has(field)) return null
    taken.add(field)
    return field
  })
}

/** Why columns cannot be read like this; undefined when they can. */
export function faultOfFields(fields: readonly (ImportField | null)[]): string | undefined {
  const used = fields.filter((field) => field !== null)
  const twice = used.find((field, index) => used.indexOf(field) !== index)
  if (twice !== undefined) return `Two columns are said to be "${twice}"; choose one of them.`
  if (used.some((field) => identifying.has(field))) return undefined
  return 'No column says who it is. Name one "email", "username" or "lms_user_id".'
}

const identifying = new Set<ImportField>(['email', 'username', 'lmsUserId'])

/** What a row says, without what is empty. */
export function valuesOf(
  cells: readonly string[],
  fields: readonly (ImportField | null)[],
): Values {
  const values: Values = {}
  for (const [index, field] of fields.entries()) {
    const text = cells[index]?.trim() ?? ''
    if (field !== null && text !== '') values[field] = text
  }
  return values
}

/** Fields as they are stored; one that a later version has stored and this one does not know is left aside. */
export function parseFields(stored: readonly string[]): readonly (ImportField | null)[] {
  return stored.map((name) => importFields.find((field) => field === name) ?? null)
}
