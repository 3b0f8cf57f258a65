import { z } from 'zod'
import { seal, unseal } from '../../db/sealed.js'

const secretSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('token'), token: z.string().min(1) }),
  z.strictObject({
    kind: z.literal('client'),
    clientId: z.string().min(1),
    clientSecret: z.string().min(1),
  }),
  z.strictObject({
    kind: z.literal('password'),
    username: z.string().min(1),
    password: z.string().min(1),
  }),
])

/** What opens an account: a key, the credentials of an OAuth client, or of a person. */
export type AccountSecret = z.output<typeof secretSchema>

/** Bound to the account: moved to another row, it does not open. */
export function sealSecret(secret: AccountSecret, accountId: string, masterKey: Buffer): Buffer {
  return seal(JSON.stringify(secret), secretName(accountId), masterKey)
}

export function unsealSecret(sealed: Buffer, accountId: string, masterKey: Buffer): AccountSecret {
  return secretSchema.parse(JSON.parse(unseal(sealed, secretName(accountId), masterKey)))
}

/** What its sealed secret is bound to. */
export function secretName(accountId: string): string {
  return `key of the provider account ${accountId}`
}
