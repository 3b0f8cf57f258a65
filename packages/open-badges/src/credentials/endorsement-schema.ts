import { isJsonObject, type JsonObject } from '../json/json.js'
import { CREDENTIALS_V2 } from '../json-ld/contexts.js'
import {
  addEnvelopeFaults,
  type Faults,
  hasType,
  isText,
  isWords,
  rule,
} from './credential-schema.js'

/** True for a credential that says something of another thing, and is no badge itself. */
export function isEndorsement(credential: JsonObject): boolean {
  const isBadge = ['OpenBadgeCredential', 'AchievementCredential'].some((it) =>
    hasType(credential, it),
  )
  return hasType(credential, 'EndorsementCredential') && !isBadge
}

/** What is wrong with the shape of an endorsement, in words (Open Badges 3.0, EndorsementCredential). */
export function faultsOfEndorsement(credential: JsonObject): readonly string[] {
  const { name, credentialSubject: subject, '@context': context } = credential
  // Endorsements of VC 1.1 go without a name, official examples among them.
  const mustHaveName = Array.isArray(context) && context[0] === CREDENTIALS_V2
  const faults: Faults = []
  addEnvelopeFaults(faults, credential)
  const isNamed = isWords(name) || (name === undefined && !mustHaveName)
  rule(faults, 'type names an EndorsementCredential', hasType(credential, 'EndorsementCredential'))
  rule(faults, 'name is a text', isNamed)
  if (isJsonObject(subject)) addSubjectFaults(faults, subject)
  else faults.push('credentialSubject is an object')
  return faults
}

function addSubjectFaults(faults: Faults, subject: JsonObject): void {
  const { id, endorsementComment: comment } = subject
  rule(faults, 'the subject is an EndorsementSubject', hasType(subject, 'EndorsementSubject'))
  rule(faults, 'the subject has an id', isText(id))
  rule(faults, 'endorsementComment is a text', comment === undefined || isWords(comment))
}
