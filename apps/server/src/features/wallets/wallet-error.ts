/** A refusal in the words of OpenID4VCI 1.0 and of OAuth 2.0. */
export class WalletError extends Error {
  readonly error: WalletErrorCode

  constructor(error: WalletErrorCode, description: string) {
    super(description)
    this.error = error
  }
}

export type WalletErrorCode =
  | 'invalid_request'
  | 'invalid_grant'
  | 'unsupported_grant_type'
  | 'invalid_token'
  | 'invalid_credential_request'
  | 'unknown_credential_configuration'
  | 'unknown_credential_identifier'
  | 'invalid_proof'
  | 'invalid_nonce'
  | 'invalid_encryption_parameters'
  | 'credential_request_denied'
