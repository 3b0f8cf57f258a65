import { toPublicId } from './public-id.js'

/** Where the public things are, absolute: badges carry these addresses for as long as they live. */
export function createPublicUrls(baseUrl: string) {
  const base = baseUrl.replace(/\/+$/, '')
  return {
    base,
    start: `${base}/`,
    assertion: (awardId: string) => `${base}/public/assertions/${toPublicId(awardId)}`,
    badge: (templateId: string) => `${base}/public/badges/${toPublicId(templateId)}`,
    pathway: (pathwayId: string) => `${base}/public/pathways/${toPublicId(pathwayId)}`,
    issuerPage: (issuerId: string) => `${base}/public/issuers/${toPublicId(issuerId)}`,
    issuer: (issuerId: string) => `${base}/issuers/${toPublicId(issuerId)}`,
    credential: (awardId: string) => `${base}/credentials/${toPublicId(awardId)}`,
    refresh: (awardId: string) => `${base}/credentials/${toPublicId(awardId)}/refresh`,
    /** An award signed in Open Badges 2.0; its id, below all those of hosted ones. */
    signedAssertion: (awardId: string) => `${base}/public/assertions/${toPublicId(awardId)}/signed`,
    revocations: (issuerId: string) => `${base}/public/issuers/${toPublicId(issuerId)}/revocations`,
    /** The same key in the words of Open Badges 2.0. */
    publicKey: (kid: string) => `${base}/public/keys/${kid}`,
    /** A badge from elsewhere, as a learner shows it here. */
    importedBadge: (entryId: string) => `${base}/public/backpack/${toPublicId(entryId)}`,
    collection: (shareHash: string) => `${base}/public/collections/${shareHash}`,
    oembed: (url: string) => `${base}/public/oembed?format=json&url=${encodeURIComponent(url)}`,
    verify: `${base}/verify`,
    endorsement: (id: string) => `${base}/endorsements/${toPublicId(id)}`,
    /** What one person says of the badge of another. */
    personalEndorsement: (id: string) => `${base}/endorsements/personal/${toPublicId(id)}`,
    statusList: (listId: string) => `${base}/status/${toPublicId(listId)}`,
    key: (kid: string) => `${base}/keys/${kid}`,
    assertions: `${base}/public/assertions/`,
    credentials: `${base}/credentials/`,
    /** As Open edX has it, so that an address entered at Credly stays right. */
    credlyWebhook: `${base}/badges/credly/webhook/`,
    /** What a page of ours links to: without the origin, so that it holds behind any host name. */
    local: (url: string) => url.slice(new URL(url).origin.length),
  } as const
}

export type PublicUrls = ReturnType<typeof createPublicUrls>
