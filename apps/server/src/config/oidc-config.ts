import { readFileSync } from 'node:fs'
import { roles } from '@rosette/contract'
import { z } from 'zod'
import type { Complain } from './problems.js'

const setting = 'ROSETTE_OIDC_PROVIDERS'

/** http is for what runs on this machine only: somebody on the way could sign in as anybody. */
const address = z.url().refine(
  (text) => {
    const { protocol, hostname } = new URL(text)
    const isHere = /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname)
    return protocol === 'https:' || (protocol === 'http:' && isHere)
  },
  { error: 'must begin with https://' },
)

const claimValue = z.union([z.string().min(1), z.number(), z.boolean()])
const given = { claim: z.string().min(1), value: claimValue }
const roleRule = z.union([
  z.strictObject({ ...given, role: z.enum(roles), organization: z.string().min(1) }),
  z.strictObject({ ...given, administrator: z.literal(true) }),
])

const provider = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'must be lower-case letters, digits, hyphens'),
  name: z.string().trim().min(1).max(100),
  kind: z.enum(['openid', 'open-edx']).default('openid'),
  issuer: address,
  clientId: z.string().min(1),
  clientSecret: z.string().min(1).optional(),
  clientSecretFile: z.string().min(1).optional(),
  /** For a provider that does not say by itself where they are. */
  endpoints: z
    .strictObject({
      authorization: address,
      token: address,
      userInfo: address.optional(),
      keys: address.optional(),
    })
    .optional(),
  scopes: z.array(z.string().regex(/^\S+$/)).min(1).optional(),
  /** Whether people without an account get one. */
  signUp: z.boolean().default(false),
  /** Whose addresses may come, such as university.example; all without it. */
  domains: z.array(z.string().min(1)).min(1).optional(),
  /** Whether the provider has verified addresses, though it does not say so of each. */
  trustsEmail: z.boolean().default(false),
  claims: z
    .strictObject({ email: z.string().min(1), name: z.string().min(1) })
    .partial()
    .default({}),
  roles: z.array(roleRule).default([]),
})

type Given = z.output<typeof provider>
export type RoleRule = z.output<typeof roleRule>

/** An identity provider through which people sign in. */
export type OidcProvider = Omit<
  Given,
  'clientSecret' | 'clientSecretFile' | 'claims' | 'scopes'
> & {
  readonly scopes: readonly string[]
  readonly claims: { readonly email: string; readonly name: string }
}

const defaultScopes = {
  openid: ['openid', 'profile', 'email'],
  'open-edx': ['user_id', 'profile', 'email'],
} as const

/** The providers in the order in which the page shows them. */
export function parseOidcProviders(input: unknown, complain: Complain): readonly OidcProvider[] {
  return readProviders(input, complain).map((one) => {
    const { clientSecret: _, clientSecretFile: __, claims, ...rest } = one
    const { email = 'email', name = 'name' } = claims
    return { ...rest, scopes: one.scopes ?? defaultScopes[one.kind], claims: { email, name } }
  })
}

/** The secrets that they gave us, by the id of the provider; public clients have none. */
export function parseOidcSecrets(input: unknown, complain: Complain): ReadonlyMap<string, string> {
  const secrets = new Map<string, string>()
  for (const { id, clientSecret, clientSecretFile } of readProviders(input, complain)) {
    if (clientSecret !== undefined && clientSecretFile !== undefined) {
      const remedy = 'Remove one of the two.'
      complain(`${setting}.${id}`, 'has both clientSecret and clientSecretFile.', remedy)
    }
    const secret = clientSecret ?? secretIn(clientSecretFile, id, complain)
    if (secret !== undefined) secrets.set(id, secret)
  }
  return secrets
}

function secretIn(path: string | undefined, id: string, complain: Complain): string | undefined {
  if (path === undefined) return undefined
  try {
    return readFileSync(path, 'utf8').trim()
  } catch {
    complain(`${setting}.${id}.clientSecretFile`, 'cannot be read.', 'Name a readable file.')
    return undefined
  }
}

// What is wrong is told by its place and reason; values are not repeated, for they may be secrets.
function readProviders(input: unknown, complain: Complain): readonly Given[] {
  if (input === undefined || input === null) return []
  if (!Array.isArray(input)) {
    complain(setting, 'is not a list.', 'Write a list of providers.')
    return []
  }
  const found: Given[] = []
  for (const [index, one] of input.entries()) {
    const parsed = provider.safeParse(one)
    if (parsed.success) found.push(parsed.data)
    for (const { path, message } of parsed.error?.issues ?? []) {
      const place = [`${setting}[${index}]`, ...path.map(String)].join('.')
      complain(place, `is wrong: ${message}.`, 'See the list of settings for its members.')
    }
  }
  complainOfTwins(found, complain)
  return found
}

function complainOfTwins(found: readonly Given[], complain: Complain): void {
  for (const [index, { id }] of found.entries()) {
    const isReserved = id === 'password' || id === 'link'
    if (isReserved || found.findIndex((one) => one.id === id) !== index) {
      const problem = isReserved ? 'is a name of ours.' : 'is the id of two providers.'
      complain(`${setting}[${index}].id`, problem, 'Choose another id.')
    }
  }
}
