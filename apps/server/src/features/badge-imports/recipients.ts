import { type JsonObject, matchesIdentity } from '@rosette/open-badges'
import type { RecipientJson } from '../../db/backpack-schema.js'
import { isObject, listOf, textOf } from './badge-document.js'

/** Everybody whom a badge names as the one it was given to, in the words of its version. */
export function recipientsOf(document: JsonObject): readonly RecipientJson[] {
  const { recipient, salt, credentialSubject } = document
  // Before 1.0 the recipient was a text.
  if (typeof recipient === 'string') return [toRecipient('email', recipient, salt)]
  if (isObject(recipient)) return ofIdentity(recipient, 'type', 'identity')
  return listOf(credentialSubject).filter(isObject).flatMap(ofSubject)
}

/** Whether one of the addresses is a recipient, in any of the ways in which issuers have written addresses. */
export function isGivenTo(
  recipients: readonly RecipientJson[],
  addresses: readonly string[],
): boolean {
  const spellings = [...new Set(addresses.flatMap(spellingsOf))]
  return recipients.some(({ identity, salt = '' }) =>
    spellings.some((spelling) => matchesIdentity(identity, salt, spelling)),
  )
}

/** Whether it may be an e-mail address, which somebody can prove to be theirs. */
export function isByMail({ type, identity, hashed }: RecipientJson): boolean {
  return /^(schema:)?e-?mail(Address)?$/i.test(type) || (!hashed && isMailAddress(identity))
}

/**
 * An address as issuers wrote it before they hashed it: as typed, lower, UPPER, First letter, Each.Word,
 * and UPPER@lower. The comparison adds each of them with a lower-case host.
 */
export function spellingsOf(address: string): readonly string[] {
  const lower = address.toLowerCase()
  const [, local = lower, host = ''] = /^(.*)(@[^@]*)$/.exec(lower) ?? []
  const spellings = [
    address,
    lower,
    address.toUpperCase(),
    upperFirst(lower),
    lower.replace(/\p{L}+/gu, upperFirst),
    local.toUpperCase() + host,
  ]
  return [...new Set(spellings.flatMap((spelling) => [spelling, `mailto:${spelling}`]))]
}

function ofSubject(subject: JsonObject): readonly RecipientJson[] {
  const { id } = subject
  const named = typeof id === 'string' ? [toRecipient('id', id, undefined)] : []
  const identities = listOf(subject['identifier'])
    .filter(isObject)
    .flatMap((identity) => ofIdentity(identity, 'identityType', 'identityHash'))
    // A name is only for show: many people share one.
    .filter(({ type }) => type !== 'name')
  return [...identities, ...named]
}

function ofIdentity(from: JsonObject, type: string, identity: string): readonly RecipientJson[] {
  const value = from[identity]
  if (typeof value !== 'string' || value === '') return []
  const [kind] = listOf(from[type])
  return [toRecipient(textOf(kind) ?? 'id', value, from['salt'])]
}

function toRecipient(type: string, identity: string, salt: unknown): RecipientJson {
  const hashed = /^(sha256|sha1|md5)\$[0-9a-f]+$/i.test(identity)
  return { type, identity, hashed, ...(typeof salt === 'string' && { salt }) }
}

function isMailAddress(text: string): boolean {
  return /^(mailto:)?[^\s@:/]+@[^\s@/]+$/i.test(text)
}

function upperFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
