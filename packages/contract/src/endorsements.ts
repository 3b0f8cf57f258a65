import { z } from 'zod'
import { id, idInput, idParams, instant, pageOf, paging, problems, signedIn } from './common.js'

export const endorsement = z
  .object({
    id,
    issuerId: id.nullable().meta({ description: 'Who endorses' }),
    issuerName: z.string(),
    subject: z.union([z.object({ badgeTemplateId: id }), z.object({ issuerId: id })]),
    comment: z.string(),
    publicUrl: z.string(),
    createdAt: instant,
    withdrawnAt: instant.nullable(),
  })
  .meta({ id: 'Endorsement' })
export type Endorsement = z.output<typeof endorsement>

const route = { tags: ['endorsements'], security: signedIn }

export const listEndorsements = {
  ...route,
  summary: 'List endorsements, the latest first',
  querystring: z.object(paging),
  response: { 200: pageOf(endorsement, 'EndorsementPage'), ...problems() },
}

export const createEndorsement = {
  ...route,
  summary: "Endorse another issuer, or another issuer's badge",
  description:
    'It is signed at once. Badges that are signed from then on carry it; others when they are issued again.',
  body: z
    .strictObject({
      issuerId: idInput,
      subject: z.union([
        z.strictObject({ badgeTemplateId: idInput }),
        z.strictObject({ issuerId: idInput }),
      ]),
      comment: z.string().trim().min(1).max(2000),
    })
    .meta({ id: 'NewEndorsement' }),
  response: {
    201: endorsement,
    ...problems('issuer-not-found', 'template-not-found', 'conflict'),
  },
}

export const getEndorsement = {
  ...route,
  summary: 'Read one endorsement',
  params: idParams,
  response: { 200: endorsement, ...problems('endorsement-not-found') },
}

export const withdrawEndorsement = {
  ...route,
  summary: 'Withdraw an endorsement',
  description:
    'Its address answers no more, and later badges do not carry it. Badges that carry it keep it until they are issued again.',
  params: idParams,
  response: { 200: endorsement, ...problems('endorsement-not-found', 'conflict') },
}
