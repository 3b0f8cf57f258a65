import { isJsonObject, type JsonObject } from '../json/json.js'
import { CREDENTIALS_V2 } from '../json-ld/contexts.js'
import { faultsOfEnvelope, hasType, isText, isWords, rule } from './credential-schema.js'

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
  return [
    ...faultsOfEnvelope(credential),
    ...rule('type names an EndorsementCredential', hasType(credential, 'EndorsementCredential')),
    ...rule('name is a text', isWords(name) || (name === undefined && !mustHaveName)),
    ...(isJsonObject(subject) ? faultsOfSubject(subject) : ['credentialSubject is an object']),
  ]
}

function faultsOfSubject(subject: JsonObject): readonly string[] {
  const { id, endorsementComment: comment } = subject
  return [
    ...rule('the subject is an EndorsementSubject', hasType(subject, 'EndorsementSubject')),
    ...rule('the subject has an id', isText(id)),
    ...rule('endorsementComment is a text', comment === undefined || isWords(comment)),
  ]
}
