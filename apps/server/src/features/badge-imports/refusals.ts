import type { Report } from '@rosette/open-badges'
import type { RecipientJson } from '../../db/backpack-schema.js'
import { formatDate } from '../../http/html-words.js'
import { decisiveCheck, remedyFor } from '../verifier/verifier.js'
import { isByMail } from './recipients.js'

/** Why a badge was not taken, with the code of the check that decided, for programs. */
export type Refusal = { readonly message: string; readonly code: string }

/** Why its kind or its verdict keeps a badge out; undefined where it may come in. */
export function refusalOf(report: Report): Refusal | undefined {
  const { verdict, kind } = report
  if (kind === 'EndorsementCredential 3.0') return noBadge
  if (verdict === 'valid' || verdict === 'expired' || verdict === 'suspended') return undefined
  const { error } = decisiveCheck(report) ?? {}
  const code = error ?? `ERR_OB_${verdict.toUpperCase().replaceAll('-', '_')}`
  if (verdict === 'revoked') {
    const remedy = 'It was not taken in; if you think that this is a mistake, ask them.'
    return { code, message: sentences(standingReasonOf(report), remedy) }
  }
  const why = wordsOf(report) ?? 'It could not be established that this badge is real.'
  return { code, message: sentences(why, remedyOf(report, why)) }
}

function remedyOf(report: Report, why: string): string | undefined {
  const { verdict } = report
  const { error } = decisiveCheck(report) ?? {}
  if (verdict !== 'unknown') return remedyFor(verdict, error)
  // The sentence itself says what to give instead.
  if (error === undefined) return 'Nothing was stored.'
  // Somebody did not answer, who may answer in an hour.
  if (!/UNREACHABLE|STATUS_LIST/.test(error)) return remedyFor(verdict, error)
  return /try again/.test(why) ? 'Nothing was stored.' : 'Nothing was stored; try again in a while.'
}

const noBadge: Refusal = {
  code: 'ERR_OB_UNSUPPORTED',
  message:
    'This is an endorsement: what somebody says of a badge, and no badge. Give the badge itself.',
}

/** Why a badge that may be kept is not simply valid, in a sentence; null where it is. */
export function standingReasonOf(report: Report): string | null {
  const { verdict, badge } = report
  if (verdict === 'valid') return null
  const why = wordsOf(report)
  if (verdict !== 'revoked') return why?.slice(0, 1000) ?? null
  const reason = /: (.+)$/.exec(why ?? '')?.[1]
  const taken = `${badge.issuerName ?? 'The issuer'} took this badge back`
  return sentences(reason === undefined ? taken : `${taken}: ${reason}`).slice(0, 1000)
}

const instants = /\b\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)/g

// What the decisive check said, with its points in time as people write dates.
function wordsOf(report: Report): string | undefined {
  return decisiveCheck(report)?.message.replace(instants, (text) =>
    Number.isNaN(Date.parse(text)) ? text : formatDate(text),
  )
}

function sentences(...parts: readonly (string | null | undefined)[]): string {
  const given = parts.flatMap((part) => (part ? [part] : []))
  return given.map((part) => (/[.!?]$/.test(part) ? part : `${part}.`)).join(' ')
}

/** Why nobody can say that a badge is somebody's; undefined where an address could. */
export function unnamedRefusal(recipients: readonly RecipientJson[]): Refusal | undefined {
  if (recipients.some(isByMail)) return undefined
  const code = 'ERR_OB_RECIPIENT'
  const ask = 'Ask the issuer for one that is given to your e-mail address.'
  const [first] = recipients
  if (first === undefined) {
    const message = `This badge does not say to whom it was given, so anybody could keep it. ${ask}`
    return { code, message }
  }
  const whom = first.hashed
    ? `a ${typeWords(first.type)} that it does not show`
    : `"${first.identity.slice(0, 200)}"`
  const message = `This badge was given to ${whom}. People are known here by e-mail addresses, so nobody can say whether that is you. ${ask}`
  return { code, message }
}

function typeWords(type: string): string {
  return type === 'id' ? 'name' : type.slice(0, 40)
}

/** What somebody should do whose badge waits. */
export function waitingMessage(recipients: readonly RecipientJson[]): string {
  const [first] = recipients.filter(isByMail)
  if (first === undefined || first.hashed) {
    return 'This badge was given to an e-mail address that you have not confirmed here; which one, it does not show. Add the address that you gave to its issuer to your account, and the badge will be yours.'
  }
  const address = first.identity.replace(/^mailto:/i, '').slice(0, 200)
  return `This badge was given to ${address}, which you have not confirmed here. Add that address to your account, and the badge will be yours.`
}
