import { z } from 'zod'
import { id, idParams, instant, pageOf, paging, problems, signedIn } from '../common.js'
import { progress } from '../progress.js'
import { verificationReport } from '../verifications.js'

const route = { tags: ['backpack'], security: signedIn }

/** Who may see the page of a badge. */
export const visibilities = ['public', 'unlisted', 'private'] as const
export type Visibility = (typeof visibilities)[number]
const visibility = z.enum(visibilities).meta({
  description:
    '`public`: everybody, and found by searching; `unlisted`: whoever has the link; `private`: only the learner. Programs that hold the badge can check it in any case.',
})

/** How a badge stands, from the point of view of the one who carries it. */
export const backpackStatuses = [
  'valid',
  'expired',
  'revoked',
  'suspended',
  'waiting',
  'invalid',
  'unknown',
  'being-issued',
] as const
export type BackpackStatus = (typeof backpackStatuses)[number]

/** By which door an imported badge came in. */
export const importSources = [
  'file',
  'text',
  'url',
  'archive',
  'badge-connect',
  'open-badges-api',
  'badgr-api',
] as const
export type ImportSource = (typeof importSources)[number]

const badgeFacts = {
  id,
  origin: z.enum(['earned', 'imported']).meta({ description: '`earned`: issued by this site' }),
  name: z.string(),
  description: z.string(),
  issuer: z.object({ name: z.string(), url: z.string().nullable() }),
  pictureUrl: z.string().nullable().meta({ description: 'Below the base address of the site' }),
  awardedAt: instant.nullable(),
  expiresAt: instant.nullable(),
  status: z.enum(backpackStatuses).meta({
    description:
      '`waiting`: it is for an address that the learner has not confirmed yet; `being-issued`: signed in a moment',
  }),
  isNew: z.boolean().meta({ description: 'The learner has not seen it yet' }),
  isHidden: z.boolean(),
  visibility,
  showsName: z.boolean(),
  publicUrl: z.string().nullable(),
  tags: z.array(z.string()),
}

export const backpackBadge = z.object(badgeFacts).meta({ id: 'BackpackBadge' })
export type BackpackBadge = z.output<typeof backpackBadge>

const counted = z.int().nonnegative()
const bytes = z.instanceof(Uint8Array).meta({ description: 'The bytes of a file' })

/** An endorsement of one badge of a learner by a person. */
export const badgeEndorsement = z
  .object({
    id,
    state: z.enum(['asked', 'given', 'accepted', 'declined', 'hidden', 'withdrawn']).meta({
      description: '`given`: it waits for the learner to accept it; only `accepted` is shown',
    }),
    name: z.string().meta({ description: 'Who endorses, or was asked to' }),
    email: z.string().nullable().meta({ description: 'Where they were asked; for the learner' }),
    comment: z.string(),
    askedAt: instant.nullable(),
    givenAt: instant.nullable(),
    credentialUrl: z.string().nullable().meta({
      description: 'The signed EndorsementCredential (Open Badges 3.0), once accepted',
    }),
  })
  .meta({ id: 'BadgeEndorsement' })
export type BadgeEndorsement = z.output<typeof badgeEndorsement>

export const backpackBadgeDetail = z
  .object({
    ...badgeFacts,
    criteria: z.string().meta({ description: 'Markdown' }),
    evidence: z.array(
      z.object({
        url: z.string().optional(),
        name: z.string().optional(),
        narrative: z.string().optional(),
      }),
    ),
    narrative: z.string().nullable(),
    statusReason: z.string().nullable().meta({ description: 'Why it is not valid, in a sentence' }),
    source: z.enum(importSources).nullable().meta({ description: 'Null for one earned here' }),
    sourceUrl: z.string().nullable(),
    checkedAt: instant.nullable().meta({ description: 'When an imported one was last verified' }),
    report: verificationReport.nullable(),
    forms: z.array(z.enum(['png', 'svg', 'json', 'jwt', 'pdf'])).meta({
      description: 'The forms in which it can be downloaded',
    }),
    share: z
      .object({
        url: z.string(),
        linkedInProfile: z.string().meta({ description: 'Adds it to the profile at LinkedIn' }),
        linkedInPost: z.string(),
        facebook: z.string(),
        x: z.string(),
        mail: z.string(),
        embedCode: z.string(),
        oembed: z.string(),
      })
      .nullable()
      .meta({ description: 'Null while nobody else may see it' }),
    counts: z.object({ view: counted, share: counted, download: counted, verify: counted }),
    canHaveWallet: z.boolean(),
    endorsements: z.array(badgeEndorsement),
    collections: z.array(z.object({ id, name: z.string() })),
  })
  .meta({ id: 'BackpackBadgeDetail' })
export type BackpackBadgeDetail = z.output<typeof backpackBadgeDetail>

export const getBackpack = {
  ...route,
  summary: 'Read how many badges one has, and what is new',
  response: {
    200: z
      .object({
        earned: counted,
        imported: counted,
        waiting: counted,
        hidden: counted,
        isNew: counted,
        onTheWay: counted,
        unconfirmedAddresses: counted,
      })
      .meta({ id: 'BackpackOverview' }),
    ...problems(),
  },
}

export const listBackpackBadges = {
  ...route,
  summary: 'List one’s own badges, whoever issued them, the latest first',
  querystring: z.object({
    ...paging,
    search: z.string().trim().max(200).optional(),
    show: z.enum(['shown', 'hidden', 'all']).default('shown'),
    origin: z.enum(['earned', 'imported']).optional(),
    isNew: z.stringbool().optional(),
  }),
  response: { 200: pageOf(backpackBadge, 'BackpackBadgePage'), ...problems() },
}

export const getBackpackBadge = {
  ...route,
  summary: 'Read one of one’s own badges',
  params: idParams,
  response: { 200: backpackBadgeDetail, ...problems('badge-not-found') },
}

export const updateBackpackBadge = {
  ...route,
  summary: 'Say who may see a badge, and whether with one’s name',
  params: idParams,
  body: z
    .strictObject({
      visibility: visibility.optional(),
      showsName: z.boolean().optional(),
      isHidden: z.boolean().optional(),
    })
    .meta({ id: 'BackpackBadgeChange' }),
  response: { 200: backpackBadgeDetail, ...problems('badge-not-found') },
}

export const deleteBackpackBadge = {
  ...route,
  summary: 'Remove an imported badge; one that was earned here can be hidden',
  params: idParams,
  response: { 204: z.null(), ...problems('badge-not-found', 'conflict') },
}

export const checkBackpackBadge = {
  ...route,
  summary: 'Verify an imported badge again',
  params: idParams,
  response: { 200: backpackBadgeDetail, ...problems('badge-not-found', 'overloaded') },
}

export const markBackpackSeen = {
  ...route,
  summary: 'Say that what is new has been seen',
  response: { 204: z.null(), ...problems() },
}

export const getBackpackFile = {
  ...route,
  summary: 'Download a badge',
  description:
    'Images carry the signed badge inside. `jwt` is the badge as a VC-JWT, `pdf` a certificate with a code that leads to its page.',
  params: idParams,
  querystring: z.object({ form: z.enum(['png', 'svg', 'json', 'jwt', 'pdf']) }),
  response: {
    200: { description: 'The file', content: { 'application/octet-stream': { schema: bytes } } },
    ...problems('badge-not-found', 'conflict'),
  },
}

export const listBackpackProgress = {
  ...route,
  summary: 'List the badges that one is on the way to, the nearest first',
  response: {
    200: z
      .object({
        items: z.array(
          z.object({
            ...progress.omit({ learner: true, award: true }).shape,
            template: z.object({
              id,
              name: z.string(),
              description: z.string(),
              pictureUrl: z.string(),
              publicUrl: z.string(),
            }),
            fulfilledGroups: counted,
            allGroups: counted,
            nextStep: z.string().nullable().meta({
              description: 'What is missing, in words, such as "Pass Algebra"; English',
            }),
          }),
        ),
      })
      .meta({ id: 'BackpackProgress' }),
    ...problems(),
  },
}

export const listBackpackPathways = {
  ...route,
  summary: 'List the public pathways with a badge that one holds or is on the way to',
  response: {
    200: z
      .object({
        items: z.array(
          z.object({
            id,
            name: z.string(),
            description: z.string(),
            publicUrl: z.string(),
            badges: z.array(
              z.object({
                templateId: id,
                name: z.string(),
                level: z.int(),
                pictureUrl: z.string(),
                publicUrl: z.string(),
                standing: z.enum(['held', 'on-the-way', 'open']),
                ratio: z.number(),
              }),
            ),
            links: z.array(z.object({ from: id, to: id })),
          }),
        ),
      })
      .meta({ id: 'BackpackPathways' }),
    ...problems(),
  },
}

const importFacts = {
  outcome: z.enum(['kept', 'waiting', 'duplicate', 'refused']).meta({
    description:
      '`waiting`: it is for an address that has yet to be confirmed; `duplicate`: it is in the backpack already',
  }),
  message: z.string().meta({ description: 'What happened and what to do, in words' }),
  code: z.string().nullable().meta({ description: 'Of the check that refused it' }),
  badge: backpackBadge.nullable(),
  report: verificationReport.nullable(),
  name: z.string().nullable().meta({ description: 'The file of an archive, or the badge' }),
}

export const importResult = z
  .object({
    ...importFacts,
    inside: z.array(z.object(importFacts)).optional().meta({
      description: 'Of a learner record (CLR): what became of each badge in it',
    }),
  })
  .meta({ id: 'BackpackImportResult' })
export type ImportResult = z.output<typeof importResult>

export const importBackpackBadge = {
  ...route,
  summary: 'Take in a badge from elsewhere, of any version of Open Badges',
  description:
    'The body is `{ badge }` in JSON, where `badge` is its address, its text or an object; or a form with the field `file`. A badge that cannot be taken is answered with 200 and the reason: nothing went wrong but the badge.',
  consumes: ['application/json', 'multipart/form-data'],
  body: z
    .strictObject({
      badge: z.union([
        z.string().trim().min(1),
        z.record(z.string(), z.unknown()),
        z.instanceof(Uint8Array),
      ]),
    })
    .meta({ id: 'BackpackImport' }),
  response: {
    200: importResult,
    ...problems('too-large', 'unsupported-media-type', 'too-many-requests', 'overloaded'),
  },
}

export const exportBackpack = {
  ...route,
  summary: 'Take along everything as one archive',
  description:
    'A ZIP with `manifest.json`, each badge in its forms, and the collections. Another Rosette takes it in.',
  response: {
    200: { description: 'The archive', content: { 'application/zip': { schema: bytes } } },
    ...problems(),
  },
}

export const importBackpackArchive = {
  ...route,
  summary: 'Take in an archive of another Rosette',
  consumes: ['multipart/form-data', 'application/zip'],
  response: {
    200: z
      .object({ items: z.array(importResult), collections: counted })
      .meta({ id: 'BackpackArchiveResult' }),
    ...problems('too-large', 'unsupported-media-type', 'archive-refused', 'overloaded'),
  },
}
