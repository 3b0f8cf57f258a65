import type { Report } from '@rosette/open-badges'
import type { RecipientJson } from '../../db/backpack-schema.js'
import { decisiveCheck, remedyFor } from '../verifier/verifier.js'
import { isByMail } from './recipients.js'

/** Why a badge was not taken, with the code of the check that decided, for programs. */
export type Refusal = { readonly message: string; readonly code: string }

/** Why its verdict keeps a badge out; undefined where it may come in. */
export function refusalOf(report: Report): Refusal | undefined {
  const { verdict, badge } = report
  if (verdict === 'valid' || verdict === 'expired' || verdict === 'suspended') return undefined
  const check = decisiveCheck(report)
  const code = check?.error ?? `ERR_OB_${verdict.toUpperCase().replaceAll('-', '_')}`
  const why = check?.message ?? 'It could not be established that this badge is real.'
  const remedy = remedyFor(verdict, check?.error)
  const issuer = badge.issuerName ?? 'The issuer'
  if (verdict === 'revoked') {
    const taken = `${issuer} took this badge back${reasonIn(why)}`
    const message = `${taken} It was not taken in; if you think that this is a mistake, ask them.`
    return { code, message }
  }
  if (verdict === 'unknown') {
    const again = isPassing(check?.error)
      ? 'Nothing was stored; try again in a while.'
      : (remedy ?? 'Nothing was stored.')
    return { code, message: sentences(why, again) }
  }
  return { code, message: sentences(why, remedy) }
}

/** Why a badge that may be kept is not simply valid, in a sentence; null where it is. */
export function standingReasonOf(report: Report): string | null {
  const { verdict, badge } = report
  if (verdict === 'valid') return null
  const why = decisiveCheck(report)?.message
  if (verdict !== 'revoked') return why?.slice(0, 1000) ?? null
  return `${badge.issuerName ?? 'The issuer'} took this badge back${reasonIn(why ?? '')}`.slice(
    0,
    1000,
  )
}

// Somebody did not answer, who may answer in an hour.
function isPassing(error: string | undefined): boolean {
  return error === undefined || /UNREACHABLE|STATUS_LIST/.test(error)
}

/** What the check said after its colon, such as `plagiarism`. */
export function reasonIn(message: string): string {
  const [, reason] = /: (.+)$/.exec(message) ?? []
  if (reason === undefined) return '.'
  return /[.!?]$/.test(reason) ? `: ${reason}` : `: ${reason}.`
}

function sentences(...parts: readonly (string | undefined)[]): string {
  const given = parts.filter((part) => part !== undefined && part !== '')
  return given.map((part) => (/[.!?]$/.test(part ?? '') ? part : `${part}.`)).join(' ')
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
