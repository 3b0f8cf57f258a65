import type { noticeKinds } from '@rosette/contract'
import { providerNames } from '@rosette/providers'

/** The words of every notice; `{name}` stands for a part of its detail. */
const messages = {
  sentences: {
    'account-paused':
      'The account "{account}" at {provider} is paused, so no badge is issued or revoked there: {reason}. Mend the cause; it is tried again by itself.',
    'key-ends-soon':
      'The key of the account "{account}" at {provider} ends on {keyExpiresAt}. Make a new one there and enter it here in time; afterwards no badge can be issued with this one.',
    'sync-failed':
      'The badge templates of the account "{account}" could not be read at {provider}: {reason}.',
    'template-vanished':
      'The badge "{template}" went to the archive, because its template is not offered at {provider} any more (account "{account}"). If that was a mistake, restore it there, and it comes back as a draft.',
    'badge-ended-there':
      'A badge of the account "{account}" was ended at {provider} ({state}), though its award stands here. Revoke the award as well, or retry its issuance, which issues the badge anew.',
  } satisfies Record<(typeof noticeKinds)[number], string>,
  unknownKind: 'Something needs a person ({kind}, {subject}).',
  unknownPart: 'unknown',
  providers: providerNames,
}

type Facts = {
  readonly kind: string
  readonly subject: string
  readonly detail: Readonly<Record<string, unknown>>
}

const sentences = new Map<string, string>(Object.entries(messages.sentences))
const providers = new Map<string, string>(Object.entries(messages.providers))

/** What is the matter and what to do about it, in plain words and on one line. */
export function noticeSentence({ kind, subject, detail }: Facts): string {
  const known = sentences.get(kind)
  const parts = known === undefined ? { kind, subject } : detail
  return fill(known ?? messages.unknownKind, parts)
}

function fill(message: string, parts: Readonly<Record<string, unknown>>): string {
  return message.replace(/\{(\w+)\}/g, (_, name: string) => wordsOf(name, parts[name]))
}

function wordsOf(name: string, value: unknown): string {
  if (typeof value !== 'string' && typeof value !== 'number') return messages.unknownPart
  // Reasons come from elsewhere: they may run over lines, and end with a period of their own.
  const text = String(value).replace(/\s+/g, ' ').trim()
  if (name === 'provider') return providers.get(text) ?? text
  if (name === 'keyExpiresAt') return text.slice(0, 10)
  return name === 'reason' ? text.replace(/\.$/, '') : text
}
