import { z } from 'zod'
import { idParams, instant, problems, signedIn } from '../common.js'
import { email } from '../session.js'
import { backpackBadge, badgeEndorsement } from './badges.js'

const route = { tags: ['backpack'], security: signedIn }
const openRoute = { tags: ['backpack'], security: [] }
const secret = z
  .string()
  .min(1)
  .max(200)
  .meta({ description: 'What stands behind the # of the link' })
const comment = z.string().trim().min(1).max(2000)

export const requestBadgeEndorsement = {
  ...route,
  summary: 'Ask somebody to endorse one of one’s badges',
  description: 'They get a letter with a link and need no account. Ten may be open for one badge.',
  params: idParams,
  body: z
    .strictObject({
      email,
      name: z.string().trim().min(1).max(200),
      message: z.string().trim().max(2000).default(''),
    })
    .meta({ id: 'EndorsementRequest' }),
  response: {
    201: badgeEndorsement,
    ...problems('badge-not-found', 'mail-missing', 'conflict', 'too-many-requests'),
  },
}

export const listBadgeEndorsements = {
  ...route,
  summary: 'List the endorsements that one asked for, received or gave',
  response: {
    200: z
      .object({
        received: z.array(z.object({ badge: backpackBadge, endorsement: badgeEndorsement })),
        given: z.array(
          z.object({
            badgeName: z.string(),
            learnerName: z.string().nullable(),
            endorsement: badgeEndorsement,
          }),
        ),
      })
      .meta({ id: 'BadgeEndorsements' }),
    ...problems(),
  },
}

export const decideBadgeEndorsement = {
  ...route,
  summary: 'Accept, decline, hide or show an endorsement, or withdraw a request',
  params: idParams,
  body: z
    .strictObject({ decision: z.enum(['accept', 'decline', 'hide', 'show', 'withdraw']) })
    .meta({ id: 'EndorsementDecision' }),
  response: { 200: badgeEndorsement, ...problems('endorsement-not-found', 'conflict') },
}

export const readEndorsementRequest = {
  ...openRoute,
  summary: 'Read what one is asked to endorse, with the link that came by mail',
  body: z.strictObject({ secret }).meta({ id: 'EndorsementLink' }),
  response: {
    200: z
      .object({
        state: z.enum(['asked', 'given', 'closed']),
        name: z.string(),
        message: z.string(),
        learnerName: z.string(),
        badge: z.object({
          name: z.string(),
          description: z.string(),
          issuerName: z.string(),
          pictureUrl: z.string().nullable(),
          publicUrl: z.string().nullable(),
        }),
        askedAt: instant,
        expiresAt: instant,
        comment: z.string(),
      })
      .meta({ id: 'EndorsementAsked' }),
    ...problems('link-refused', 'too-many-requests'),
  },
}

export const giveEndorsement = {
  ...openRoute,
  summary: 'Endorse the badge, or say that one will not',
  description:
    'It can be changed with the same link until the learner has accepted it, and taken back at any time by refusing.',
  body: z
    .strictObject({
      secret,
      decision: z.enum(['endorse', 'refuse']),
      name: z.string().trim().min(1).max(200).optional(),
      url: z
        .url({ protocol: /^https?$/ })
        .max(500)
        .optional()
        .meta({ description: 'Who they are, on the web' }),
      comment: comment.optional().meta({ description: 'Needed to endorse' }),
    })
    .meta({ id: 'EndorsementGiven' }),
  response: { 204: z.null(), ...problems('link-refused', 'conflict', 'too-many-requests') },
}
