import { z } from 'zod'
import { awardDetail } from './awards.js'
import { id, idInput, idParams, instant, problems, signedIn } from './common.js'

export const reissue = z
  .object({
    id,
    issuerId: id,
    keyId: z.string().nullable(),
    templateId: id.nullable(),
    requestedBy: z.string(),
    requestedAt: instant,
    reissued: z.int().meta({ description: 'How many badges were signed anew so far' }),
    failed: z.int().meta({ description: 'How many could not be signed; they are as they were' }),
    lastError: z.string().nullable(),
    finishedAt: instant.nullable(),
  })
  .meta({ id: 'Reissue' })
export type Reissue = z.output<typeof reissue>

export const reissueAward = {
  tags: ['awards'],
  security: signedIn,
  summary: 'Sign the badge of an award anew',
  description:
    'With the same id and date of award, what its template and issuer say today, and the key in use. Wallets and verifiers find it through the refresh service of the old one.',
  params: idParams,
  response: { 200: awardDetail, ...problems('award-not-found', 'award-not-active', 'conflict') },
}

export const reissueBadges = {
  tags: ['issuers'],
  security: signedIn,
  summary: 'Sign badges of an issuer anew, in the background',
  description:
    'Those that a key has signed, in any form, or those of a template, or all. Badges that were taken back or have expired are left alone.',
  params: idParams,
  body: z
    .strictObject({ keyId: z.string().max(100).optional(), templateId: idInput.optional() })
    .meta({ id: 'NewReissue' }),
  response: {
    202: reissue,
    ...problems('issuer-not-found', 'key-not-found', 'template-not-found'),
  },
}

export const listReissues = {
  tags: ['issuers'],
  security: signedIn,
  summary: 'List what was signed anew, the latest first',
  params: idParams,
  response: {
    200: z.object({ items: z.array(reissue) }).meta({ id: 'Reissues' }),
    ...problems('issuer-not-found'),
  },
}

export const countKeyBadges = {
  tags: ['issuers'],
  security: signedIn,
  summary: 'Count the badges in force that a key has signed',
  params: idParams.extend({ kid: z.string().min(1).max(100) }),
  response: {
    200: z.object({ badges: z.int() }).meta({ id: 'KeyBadges' }),
    ...problems('issuer-not-found', 'key-not-found'),
  },
}
