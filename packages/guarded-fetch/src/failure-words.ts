import { GuardedFetchError } from './guarded-fetch-error.js'
import { nameOf } from './target.js'

const reasons: Readonly<Record<string, string>> = {
  ENOTFOUND: 'no host has that name',
  EAI_AGAIN: 'its name could not be looked up',
  ECONNREFUSED: 'it refuses the connection',
  ECONNRESET: 'the connection broke off',
  ERR_STREAM_PREMATURE_CLOSE: 'the connection broke off',
  ENETUNREACH: 'no way leads there',
  EHOSTUNREACH: 'no way leads there',
  ETIMEDOUT: 'it does not answer',
  EPROTO: 'no secure connection comes about',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another host',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate cannot be trusted',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate cannot be trusted',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate cannot be trusted',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its certificate cannot be trusted',
}

/** A refusal in words; what it says of numbers behind the name stays in the cause. */
export function toRefusal(url: URL, cause: unknown): GuardedFetchError {
  if (cause instanceof GuardedFetchError) return cause
  const code = codeOf(cause)
  if (code === 'HPE_HEADER_OVERFLOW') {
    const message = `${nameOf(url)} sends more headers than are read.`
    return new GuardedFetchError('ERR_GUARD_TOO_LARGE', message, { cause })
  }
  const message = `${nameOf(url)} cannot be reached: ${reasonOf(code)}. Check the address, or try again later.`
  return new GuardedFetchError('ERR_GUARD_UNREACHABLE', message, { cause })
}

/** Nothing came in time. */
export function toTimeout(url: URL, timeout: number): GuardedFetchError {
  const message = `${nameOf(url)} did not answer within ${timeout / 1000} seconds. Try again later.`
  return new GuardedFetchError('ERR_GUARD_TIMEOUT', message)
}

function reasonOf(code: string): string {
  if (code.startsWith('HPE_')) return 'what it sends is not HTTP'
  if (code.startsWith('Z_')) return 'what it sends cannot be unpacked'
  return (
    reasons[code] ?? (code === '' ? 'the connection failed' : `the connection failed (${code})`)
  )
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return ''
  if ('code' in error && typeof error.code === 'string') return error.code
  // Several addresses were tried; they fail alike.
  return error instanceof AggregateError ? codeOf(error.errors[0]) : ''
}
