import { z } from 'zod'
import { id, idInput, idParams, instant, pageOf, paging, problems, signedIn } from './common.js'

const identifier = z.enum(['url', 'did:web']).meta({
  description: 'How Open Badges 3.0 name the issuer: by its web address or as did:web',
})

export const issuer = z
  .object({
    id,
    organizationId: id,
    name: z.string(),
    url: z.string(),
    email: z.string().nullable(),
    description: z.string().nullable(),
    identifier,
    keys: z
      .array(z.object({ kid: z.string(), createdAt: instant, retiredAt: instant.nullable() }))
      .meta({ description: 'The newest first; retired keys stay published' }),
    createdAt: instant,
  })
  .meta({ id: 'Issuer' })
export type Issuer = z.output<typeof issuer>

const details = {
  name: z.string().trim().min(1).max(200),
  url: z.url({ protocol: /^https?$/, error: 'must be a web address' }).max(2000),
  email: z.email().max(320).nullable(),
  description: z.string().max(5000).nullable(),
}

const route = { tags: ['issuers'], security: signedIn }

export const listIssuers = {
  ...route,
  summary: 'List issuers by name',
  querystring: z.object({ ...paging, organizationId: idInput.optional() }),
  response: { 200: pageOf(issuer, 'IssuerPage'), ...problems() },
}

export const createIssuer = {
  ...route,
  summary: 'Create an issuer with a signing key',
  body: z
    .strictObject({
      organizationId: idInput,
      name: details.name,
      url: details.url,
      email: details.email.optional(),
      description: details.description.optional(),
      identifier: identifier.optional(),
    })
    .meta({ id: 'NewIssuer' }),
  response: { 201: issuer, ...problems('organization-not-found') },
}

export const getIssuer = {
  ...route,
  summary: 'Read one issuer',
  params: idParams,
  response: { 200: issuer, ...problems('issuer-not-found') },
}

export const updateIssuer = {
  ...route,
  summary: 'Change an issuer',
  params: idParams,
  body: z
    .strictObject({
      name: details.name.optional(),
      url: details.url.optional(),
      email: details.email.optional(),
      description: details.description.optional(),
    })
    .meta({ id: 'IssuerChange' }),
  response: { 200: issuer, ...problems('issuer-not-found') },
}

export const rotateIssuerKey = {
  ...route,
  summary: 'Sign with a new key from now on',
  description: 'The old key signs no more and stays published: old badges keep verifying.',
  params: idParams,
  response: { 200: issuer, ...problems('issuer-not-found') },
}
