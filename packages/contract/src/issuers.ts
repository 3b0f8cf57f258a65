import { z } from 'zod'
import { id, idInput, idParams, instant, pageOf, paging, problems, signedIn } from './common.js'

const identifier = z.enum(['url', 'did:web']).meta({
  description: 'How Open Badges 3.0 name the issuer: by its web address or as did:web',
})

export const keyAlgorithms = ['Ed25519', 'P-256', 'RSA'] as const

const issuerKey = z
  .object({
    kid: z.string(),
    algorithm: z.enum(keyAlgorithms).meta({
      description:
        'Ed25519 signs badges and status lists, P-256 their JWT form, RSA signed Open Badges 2.0',
    }),
    createdAt: instant,
    retiredAt: instant.nullable(),
    revokedAt: instant.nullable(),
    revocationReason: z.string().nullable(),
  })
  .meta({ id: 'IssuerKey' })

export const issuer = z
  .object({
    id,
    organizationId: id,
    name: z.string(),
    url: z.string(),
    email: z.string().nullable(),
    description: z.string().nullable(),
    identifier,
    keys: z.array(issuerKey).meta({
      description:
        'The newest first; retired keys stay published. Those that are not there yet are made when they are first needed.',
    }),
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
  body: z
    .strictObject({ algorithm: z.enum(keyAlgorithms).optional() })
    .nullish()
    .meta({ id: 'NewIssuerKey', description: 'Ed25519 when it is left out' }),
  response: { 200: issuer, ...problems('issuer-not-found') },
}

export const revokeIssuerKey = {
  ...route,
  summary: 'Declare a key stolen',
  description:
    'From now on nobody believes what it signed, whenever that was. The key stays published as revoked, and if it was in use, a new one takes its place. Badges that it signed need to be issued again.',
  params: idParams.extend({ kid: z.string().min(1).max(100) }),
  body: z
    .strictObject({ reason: z.string().trim().min(1).max(2000) })
    .meta({ id: 'NewKeyRevocation' }),
  response: {
    200: z
      .object({
        issuer,
        badges: z.int().meta({
          description: 'How many badges that are in force it had signed, to be issued again',
        }),
      })
      .meta({ id: 'RevokedKey' }),
    ...problems('issuer-not-found', 'key-not-found', 'key-revoked'),
  },
}
