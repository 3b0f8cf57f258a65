/** Every way this package refuses, as a stable code; a check of a report carries one too. */
export type ErrorCode =
  | 'ERR_OB_INPUT'
  | 'ERR_OB_KEY_MATERIAL'
  | 'ERR_OB_TOO_LARGE'
  | 'ERR_OB_JSON'
  | 'ERR_OB_JSON_DUPLICATE'
  | 'ERR_OB_IMAGE'
  | 'ERR_OB_PNG'
  | 'ERR_OB_SVG'
  | 'ERR_OB_NOT_BAKED'
  | 'ERR_OB_UNSUPPORTED'
  | 'ERR_OB_CONTEXT_UNKNOWN'
  | 'ERR_OB_UNSAFE'
  | 'ERR_OB_MALFORMED'
  | 'ERR_OB_SCHEMA'
  | 'ERR_OB_SCHEMA_UNREACHABLE'
  | 'ERR_OB_ENDORSEMENT_MISMATCH'
  | 'ERR_OB_PROOF_MISSING'
  | 'ERR_OB_PROOF_MALFORMED'
  | 'ERR_OB_PROOF_UNSUPPORTED'
  | 'ERR_OB_PROOF_BASE'
  | 'ERR_OB_PROOF_CHAIN'
  | 'ERR_OB_PROOF_SUITE'
  | 'ERR_OB_PROOF_PURPOSE'
  | 'ERR_OB_PROOF_FUTURE'
  | 'ERR_OB_PROOF_EXPIRED'
  | 'ERR_OB_SIGNATURE'
  | 'ERR_OB_JWT_HEADER'
  | 'ERR_OB_JWT_CLAIMS'
  | 'ERR_OB_KEY_UNREACHABLE'
  | 'ERR_OB_KEY_NOT_FOUND'
  | 'ERR_OB_KEY_REVOKED'
  | 'ERR_OB_KEY_NOT_BOUND'
  | 'ERR_OB_ISSUER_UNREACHABLE'
  | 'ERR_OB_STATUS_LIST'
  | 'ERR_OB_STATUS_RANGE'
  | 'ERR_OB_STATUS_UNSUPPORTED'
  | 'ERR_OB_STATUS_UNREACHABLE'
  | 'ERR_OB_STATUS_UNTRUSTED'
  | 'ERR_OB_REVOKED'
  | 'ERR_OB_SUSPENDED'
  | 'ERR_OB_EXPIRED'
  | 'ERR_OB_NOT_YET_VALID'
  | 'ERR_OB_RECIPIENT'
  | 'ERR_OB_HOSTED_UNREACHABLE'
  | 'ERR_OB_HOSTED_MISMATCH'
  | 'ERR_OB_BADGE_CLASS_UNREACHABLE'

/** A refusal of this package: `code` is for programs, `message` for people. */
export class OpenBadgesError extends Error {
  readonly code: ErrorCode

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'OpenBadgesError'
    this.code = code
  }
}

/** The refusal inside `error`, or a new one with the given code that keeps it as its cause. */
export function toOpenBadgesError(error: unknown, code: ErrorCode, message: string) {
  return error instanceof OpenBadgesError
    ? error
    : new OpenBadgesError(code, message, { cause: error })
}
