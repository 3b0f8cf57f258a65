import { z } from 'zod'
import { id, idParams, instant, pageOf, paging, problems, signedIn } from './common.js'

export const organization = z
  .object({ id, slug: z.string(), name: z.string(), createdAt: instant })
  .meta({ id: 'Organization' })
export type Organization = z.output<typeof organization>

const slug = z
  .string()
  .max(60)
  .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'must be lower-case letters, digits and single hyphens')
  .meta({ description: 'Short name for addresses; made from the name when it is left out' })
const name = z.string().trim().min(1).max(200)

const route = { tags: ['organizations'], security: signedIn }

export const listOrganizations = {
  ...route,
  summary: 'List organizations by name',
  querystring: z.object(paging),
  response: { 200: pageOf(organization, 'OrganizationPage'), ...problems() },
}

export const createOrganization = {
  ...route,
  summary: 'Create an organization',
  body: z.strictObject({ name, slug: slug.optional() }),
  response: { 201: organization, ...problems('organization-exists') },
}

export const getOrganization = {
  ...route,
  summary: 'Read one organization',
  params: idParams,
  response: { 200: organization, ...problems('organization-not-found') },
}

export const updateOrganization = {
  ...route,
  summary: 'Change an organization',
  params: idParams,
  body: z.strictObject({ name: name.optional(), slug: slug.optional() }),
  response: { 200: organization, ...problems('organization-not-found', 'organization-exists') },
}

export const deleteOrganization = {
  ...route,
  summary: 'Delete an organization with its issuers and badge templates',
  description: 'Refused while badges of it have been awarded, so that these stay verifiable.',
  params: idParams,
  response: { 204: z.null(), ...problems('organization-not-found', 'organization-in-use') },
}
