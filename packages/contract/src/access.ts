import { z } from 'zod'

/** What people do in one organization. */
export const roles = ['owner', 'editor', 'staff', 'viewer'] as const
export type Role = (typeof roles)[number]
export const role = z.enum(roles).meta({ id: 'Role' })

const toView = [
  'organization:read',
  'member:read',
  'issuer:read',
  'template:read',
  'pathway:read',
  'award:read',
  'learner:read',
  'issuance:read',
  'account:read',
  'endorsement:read',
  'notice:read',
  'insight:read',
] as const
const toAward = ['award:edit', 'learner:create'] as const
const toMakeBadges = [
  'template:edit',
  'pathway:edit',
  'backfill:run',
  'event:read',
  'issuance:edit',
  'endorsement:edit',
  'notice:edit',
] as const
const toOwn = [
  'organization:edit',
  'member:edit',
  'token:edit',
  'issuer:edit',
  'account:edit',
  'audit:read',
] as const
/** What belongs to no organization: the bus, the people behind the events, the installation. */
const toRunThePlatform = [
  'organization:create',
  'user:edit',
  'learner:edit',
  'event:send',
  'platform:read',
  'platform:edit',
] as const

/** All that somebody may be allowed, in one organization or everywhere. */
export const permissions = [
  ...toView,
  ...toAward,
  ...toMakeBadges,
  ...toOwn,
  ...toRunThePlatform,
] as const
export type Permission = (typeof permissions)[number]
export const permission = z.enum(permissions).meta({ id: 'Permission' })

/** What a role allows within its organization. */
export const permissionsOf: Readonly<Record<Role, readonly Permission[]>> = {
  viewer: toView,
  staff: [...toView, ...toAward],
  editor: [...toView, ...toAward, ...toMakeBadges],
  owner: [...toView, ...toAward, ...toMakeBadges, ...toOwn],
}
