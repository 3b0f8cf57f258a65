import { z } from 'zod'
import { id, idInput, idParams, instant, pageOf, paging, problems, signedIn } from './common.js'

export const endorsement = z
  .object({
    id,
    issuerId: id
      .nullable()
      .meta({ description: 'Who endorses; null when somebody elsewhere does' }),
    issuerName: z.string(),
    subject: z.union([z.object({ badgeTemplateId: id }), z.object({ issuerId: id })]),
    comment: z.string(),
    form: z.enum(['json', 'jwt']).meta({
      description:
        'As it was signed. One that came as a JWT is carried by badges in their JWT form only: no published context defines `endorsementJwt`, so the form with an embedded proof cannot hold it.',
    }),
    publicUrl: z.string(),
    createdAt: instant,
    validUntil: instant.nullable().meta({ description: 'Until then badges carry it' }),
    withdrawnAt: instant.nullable(),
  })
  .meta({ id: 'Endorsement' })
export type Endorsement = z.output<typeof endorsement>

const route = { tags: ['endorsements'], security: signedIn }

export const listEndorsements = {
  ...route,
  summary: 'List endorsements, the latest first',
  querystring: z.object({
    ...paging,
    issuerId: idInput.optional().meta({ description: 'Those that it gave' }),
    aboutIssuerId: idInput.optional().meta({
      description: 'Those that it received, or a badge of it; they are public, whoever gave them',
    }),
  }),
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

export const importEndorsement = {
  ...route,
  summary: 'Take an endorsement that was signed elsewhere',
  description:
    'It is verified as anybody would, and refused with the sentence that tells why when it does not hold. What it is about, a badge or an issuer of this site, it says itself. It is kept as the exact text. Badges that are signed from then on carry it, unless it ends before; one that is a JWT only in their own JWT form (see `form`).',
  body: z
    .strictObject({
      endorsement: z
        .union([z.string().trim().min(1), z.record(z.string(), z.unknown())], {
          error: 'is missing: give the endorsement as an object or as text, which is JSON or a JWT',
        })
        .meta({
          description:
            'The signed EndorsementCredential. As text it is kept to the byte: JSON, or a JWT.',
        }),
    })
    .meta({ id: 'ImportedEndorsement' }),
  response: {
    201: endorsement,
    ...problems(
      'issuer-not-found',
      'template-not-found',
      'endorsement-refused',
      'endorsement-exists',
      'too-large',
      'overloaded',
    ),
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
