import { randomBytes } from 'node:crypto'
import { type Permission, permissions, permissionsOf, type Role } from '@rosette/contract'
import { sessionCookieOf } from '#src/http/http-server.js'
import { sha256 } from './permission-things.js'
import { baseUrl, type PermissionWorld } from './permission-world.js'

/** Somebody who asks, and what they are meant to be allowed: told by roles, not by the server. */
export type Caller = {
  readonly name: string
  readonly kind: 'nobody' | 'token' | 'session'
  /** Null stands for what belongs to no organization. */
  readonly may: (permission: Permission, organization: string | null) => boolean
  readonly mayAnywhere: (permission: Permission) => boolean
  readonly headers: () => Promise<Readonly<Record<string, string>>>
}

type Held = {
  readonly everywhere?: readonly Permission[]
  readonly within?: Readonly<Record<string, readonly Permission[]>>
}
type World = Pick<PermissionWorld, 'db' | 'first' | 'second'>

const nobody: Caller = {
  name: 'nobody',
  kind: 'nobody',
  may: () => false,
  mayAnywhere: () => false,
  headers: async () => ({}),
}

/** Nobody, tokens of every role, of the other organization, of none, and one that may do everything. */
export async function callersWithTokens(world: World): Promise<Caller[]> {
  const { first, second } = world
  const ofRole = (role: Role) => ({ within: { [first.organization]: permissionsOf[role] } })
  const known: readonly (readonly [string, Held])[] = [
    ['empty', { within: { [first.organization]: [] } }],
    ['viewer', ofRole('viewer')],
    ['staff', ofRole('staff')],
    ['editor', ofRole('editor')],
    ['owner', ofRole('owner')],
    ['foreign', { within: { [second.organization]: permissionsOf.owner } }],
    ['reader', { everywhere: permissionsOf.viewer }],
    ['admin', { everywhere: permissions }],
  ]
  const callers = known.map(([name, held]) => withToken(world, name, held))
  return [nobody, ...(await Promise.all(callers))]
}

async function withToken({ db }: World, name: string, held: Held): Promise<Caller> {
  const token = `proof_${randomBytes(12).toString('hex')}`
  const [organization = null] = Object.keys(held.within ?? {})
  const given = organization === null ? held.everywhere : held.within?.[organization]
  await db
    .insertInto('api_token')
    .values({
      name: `proof ${name}`,
      hash: sha256(token),
      organization_id: organization,
      permissions: `{${(given ?? []).join(',')}}`,
    })
    .execute()
  const headers = async () => ({ authorization: `Bearer ${token}` })
  return { name, kind: 'token', ...allowing(held), headers }
}

/** The same as people in browsers; one of them belongs to both organizations. */
export async function callersWithSessions(world: World): Promise<Caller[]> {
  const { first, second } = world
  const known: readonly (readonly [string, Readonly<Record<string, Role>>, boolean?])[] = [
    ['stranger', {}],
    ['viewer', { [first.organization]: 'viewer' }],
    ['staff', { [first.organization]: 'staff' }],
    ['editor', { [first.organization]: 'editor' }],
    ['owner', { [first.organization]: 'owner' }],
    ['foreign', { [second.organization]: 'owner' }],
    ['guest', { [first.organization]: 'viewer', [second.organization]: 'owner' }],
    ['admin', {}, true],
  ]
  return await Promise.all(
    known.map(([name, roles, isAdministrator = false]) =>
      withSession(world, { name: `${name}*`, roles, isAdministrator }),
    ),
  )
}

type Person = {
  readonly name: string
  readonly roles: Readonly<Record<string, Role>>
  readonly isAdministrator: boolean
}

async function withSession({ db }: World, person: Person): Promise<Caller> {
  const { name, roles, isAdministrator } = person
  const { id } = await db
    .insertInto('app_user')
    .values({
      email: `${name.replace('*', '')}@proof.example`,
      name: `Proof ${name}`,
      password_hash: null,
      is_administrator: isAdministrator,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  for (const [organization, role] of Object.entries(roles)) {
    const membership = { organization_id: organization, user_id: id, role }
    await db.insertInto('membership').values(membership).execute()
  }
  const within = Object.fromEntries(
    Object.entries(roles).map(([organization, role]) => [organization, permissionsOf[role]]),
  )
  // A new one for each request: some of them end the session.
  const headers = async () => {
    const secret = randomBytes(24).toString('base64url')
    const expires_at = new Date(Date.now() + 3_600_000).toISOString()
    const session = { hash: sha256(secret), user_id: id, method: 'password', expires_at }
    await db.insertInto('session').values(session).execute()
    return { cookie: `${sessionCookieOf(baseUrl)}=${secret}`, origin: baseUrl }
  }
  const held = { within, everywhere: isAdministrator ? permissions : [] }
  return { name, kind: 'session', ...allowing(held), headers }
}

function allowing({ everywhere = [], within = {} }: Held): Pick<Caller, 'may' | 'mayAnywhere'> {
  const may: Caller['may'] = (permission, organization) =>
    everywhere.includes(permission) ||
    (organization !== null && (within[organization]?.includes(permission) ?? false))
  return {
    may,
    mayAnywhere: (permission) => [null, ...Object.keys(within)].some((id) => may(permission, id)),
  }
}
