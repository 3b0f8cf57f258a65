import { z } from 'zod'
import { id, idInput, idParams, instant, problems, signedIn } from '../common.js'

const route = { tags: ['backpack applications'], security: signedIn }

export const application = z
  .object({
    id,
    name: z.string(),
    url: z.string().nullable(),
    logoUrl: z.string().nullable(),
    scopes: z.array(
      z.object({ scope: z.string(), does: z.string().meta({ description: 'In words; English' }) }),
    ),
    connectedAt: instant,
    lastUsedAt: instant.nullable(),
  })
  .meta({ id: 'ConnectedApplication' })
export type ConnectedApplication = z.output<typeof application>

export const listApplications = {
  ...route,
  summary: 'List the applications that may read or write one’s backpack',
  response: {
    200: z.object({ items: z.array(application) }).meta({ id: 'ConnectedApplications' }),
    ...problems(),
  },
}

export const disconnectApplication = {
  ...route,
  summary: 'Take an application’s access away; its tokens end at once',
  params: idParams,
  response: { 204: z.null(), ...problems('application-not-found') },
}

/** What somebody is asked before an application gets access. */
export const authorizationRequest = z
  .object({
    uid: z.string(),
    application: z.object({
      name: z.string(),
      url: z.string().nullable(),
      logoUrl: z.string().nullable(),
      policyUrl: z.string().nullable(),
      termsUrl: z.string().nullable(),
    }),
    scopes: z.array(z.object({ scope: z.string(), does: z.string() })),
    returnsTo: z.string().meta({ description: 'The host that one is sent to afterwards' }),
  })
  .meta({ id: 'AuthorizationRequest' })

const uidParams = z.object({ uid: z.string().min(1).max(100) })

export const getAuthorizationRequest = {
  ...route,
  summary: 'Read what an application asks for',
  params: uidParams,
  response: { 200: authorizationRequest, ...problems('application-not-found') },
}

export const decideAuthorization = {
  ...route,
  summary: 'Allow or refuse what an application asks for',
  params: uidParams,
  body: z.strictObject({ isAllowed: z.boolean() }).meta({ id: 'AuthorizationDecision' }),
  response: {
    200: z
      .object({ redirectTo: z.string().meta({ description: 'Where the browser goes next' }) })
      .meta({ id: 'AuthorizationDecided' }),
    ...problems('application-not-found'),
  },
}

/** Another host to which one’s badges can be sent. */
export const badgeHost = z
  .object({
    id,
    name: z.string(),
    url: z.string(),
    kind: z.enum(['open-badges-3.0', 'badge-connect-2.1']),
    state: z.enum(['connecting', 'connected', 'ended']),
    connectedAt: instant.nullable(),
    lastError: z.string().nullable(),
    badgesSent: z.int().nonnegative(),
  })
  .meta({ id: 'BadgeHost' })
export type BadgeHost = z.output<typeof badgeHost>

export const listBadgeHosts = {
  ...route,
  summary: 'List the hosts to which one can send badges',
  response: {
    200: z.object({ items: z.array(badgeHost) }).meta({ id: 'BadgeHosts' }),
    ...problems(),
  },
}

export const connectBadgeHost = {
  ...route,
  summary: 'Connect another host: it is asked what it can do, and then asks its user',
  description:
    'The address is that of the host; the descriptions of the Open Badges 3.0 API and of Badge Connect 2.1 are looked for there.',
  body: z.strictObject({ url: z.url().max(500) }).meta({ id: 'NewBadgeHost' }),
  response: {
    201: z.object({ host: badgeHost, authorizeAt: z.string() }).meta({ id: 'BadgeHostConnecting' }),
    ...problems('host-refused', 'too-many-requests'),
  },
}

export const sendBadgeToHost = {
  ...route,
  summary: 'Send a badge to a connected host',
  params: idParams,
  body: z.strictObject({ badgeId: idInput }).meta({ id: 'BadgeToSend' }),
  response: {
    200: z
      .object({ outcome: z.enum(['created', 'replaced', 'there-already']), message: z.string() })
      .meta({ id: 'BadgeSent' }),
    ...problems('host-not-found', 'badge-not-found', 'host-refused', 'conflict'),
  },
}

export const removeBadgeHost = {
  ...route,
  summary: 'Disconnect a host',
  params: idParams,
  response: { 204: z.null(), ...problems('host-not-found') },
}

export const createWalletOffer = {
  ...route,
  summary: 'Offer a badge to a wallet (OpenID4VCI)',
  description: 'The offer works once, for ten minutes.',
  params: idParams,
  response: {
    201: z
      .object({
        offer: z.string().meta({
          description:
            'openid-credential-offer://… with everything in it, for a wallet on this device',
        }),
        offerByReference: z.string().meta({ description: 'The same, and short' }),
        qrCode: z.string().meta({ description: 'The short one as an SVG' }),
        code: z.string().meta({ description: 'Typed into the wallet' }),
        expiresAt: instant,
      })
      .meta({ id: 'WalletOffer' }),
    ...problems('badge-not-found', 'conflict'),
  },
}
