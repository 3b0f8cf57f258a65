import { type AccountFacts, type Provider, ProviderError } from '@rosette/providers'
import { AppError } from '../../http/app-error.js'
import type { AccountSecret } from './account-secret.js'

const longestTestMs = 20_000

/** Makes the cheapest call that needs a working key; refuses with the provider's own sentence. */
export async function tryAccount(provider: Provider, secret: AccountSecret): Promise<AccountFacts> {
  try {
    const facts = await provider.testConnection({ signal: AbortSignal.timeout(longestTestMs) })
    return { ...facts, keyExpiresAt: toInstant(facts.keyExpiresAt) }
  } catch (error) {
    throw toRefusal(error, secret)
  }
}

/** A failed call as an answer to the person who asked for it; other errors stay what they are. */
export function toRefusal(error: unknown, secret: AccountSecret): unknown {
  if (!(error instanceof ProviderError)) return error
  const isRefused = error.kind === 'unauthorized' || error.kind === 'refused'
  const code = isRefused ? 'provider-refused' : 'provider-unreachable'
  return new AppError(code, withoutSecret(error.message, secret), { cause: error })
}

/** Shorter ones are part of words, and masked they would only spoil the message. */
const shortestMasked = 8

// Some services repeat what they were sent.
function withoutSecret(text: string, secret: AccountSecret): string {
  const part = secretPartOf(secret)
  return part.length < shortestMasked ? text : text.replaceAll(part, '…')
}

function secretPartOf(secret: AccountSecret): string {
  if (secret.kind === 'token') return secret.token
  return secret.kind === 'client' ? secret.clientSecret : secret.password
}

/** The provider's time in the one form in which times are answered. */
export function toInstant(time: string | null): string | null {
  const ms = time === null ? Number.NaN : Date.parse(time)
  return Number.isNaN(ms) ? null : new Date(ms).toISOString()
}
