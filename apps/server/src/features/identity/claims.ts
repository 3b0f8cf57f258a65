import { email, type Role, roles } from '@rosette/contract'
import type { RoleRule } from '../../config/oidc-config.js'
import type { Provider } from './provider-client.js'

export type Claims = Readonly<Record<string, unknown>>

/** Who somebody is, as a provider says it. */
export type Person = {
  readonly subject: string
  readonly email: string | undefined
  readonly isVerified: boolean
  readonly name: string | undefined
  /** Whom an LMS knows; no other provider can say that. */
  readonly lms?: LmsAccount
  readonly isAdministrator: boolean
  /** By the short name of the organization. */
  readonly roles: ReadonlyMap<string, Role>
}

export type LmsAccount = {
  readonly username: string | undefined
  readonly userId: number | undefined
}

export function readPerson(provider: Provider, claims: Claims): Person | undefined {
  const subject = claims['sub']
  if (typeof subject !== 'string' || subject === '') return undefined
  const verified = claims['email_verified']
  return {
    subject,
    email: email.safeParse(textAt(claims, provider.claims.email)).data,
    isVerified: provider.trustsEmail || verified === true || verified === 'true',
    name: (textAt(claims, provider.claims.name) ?? textAt(claims, 'preferred_username'))?.slice(
      0,
      200,
    ),
    ...(provider.kind === 'open-edx' && { lms: readLmsAccount(claims) }),
    isAdministrator: provider.roles.some((rule) => 'administrator' in rule && fits(rule, claims)),
    roles: rolesIn(provider.roles, claims),
  }
}

/** Open edX has the user name in `preferred_username`, and with the scope `user_id` the number. */
function readLmsAccount(claims: Claims): LmsAccount {
  const id = Number(valueAt(claims, 'user_id') ?? Number.NaN)
  return {
    username: textAt(claims, 'preferred_username')?.slice(0, 200),
    userId: Number.isSafeInteger(id) && id > 0 ? id : undefined,
  }
}

/** Of several roles in one organization, the one that may do most. */
function rolesIn(rules: readonly RoleRule[], claims: Claims): ReadonlyMap<string, Role> {
  const found = new Map<string, Role>()
  for (const rule of rules) {
    if (!('role' in rule) || !fits(rule, claims)) continue
    const held = found.get(rule.organization)
    if (held === undefined || roles.indexOf(rule.role) < roles.indexOf(held)) {
      found.set(rule.organization, rule.role)
    }
  }
  return found
}

function fits({ claim, value }: RoleRule, claims: Claims): boolean {
  const held = valueAt(claims, claim)
  return (Array.isArray(held) ? held : [held]).some((one) => one === value)
}

function textAt(claims: Claims, name: string): string | undefined {
  const value = valueAt(claims, name)
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined
}

/** A claim by its name, or by a path into one, such as `realm_access.roles`. */
function valueAt(claims: Claims, name: string): unknown {
  if (Object.hasOwn(claims, name)) return claims[name]
  return name.split('.').reduce<unknown>((value, part) => {
    const isObject = typeof value === 'object' && value !== null
    return isObject && Object.hasOwn(value, part) ? Reflect.get(value, part) : undefined
  }, claims)
}
