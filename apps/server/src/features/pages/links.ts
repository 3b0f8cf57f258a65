import { html } from '../../http/html.js'

/** A file name that every system takes. */
export function fileName(name: string): string {
  const plain = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
  return plain.slice(0, 60) || 'badge'
}

/** A badge as its links tell of it. */
export type Shared = {
  readonly name: string
  readonly issuerName: string
  /** Its page, absolute. */
  readonly url: string
  /** Where an embedded answer about a page can be asked for. */
  readonly oembed: string
  readonly awardedAt: string | null
  readonly expiresAt: string | null
  /** The issuer's number at LinkedIn, which shows its logo there. */
  readonly organizationId?: string | undefined
  readonly credentialId: string
}

export const shareTargets = ['linkedin', 'linkedin-post', 'facebook', 'x'] as const
export type ShareTarget = (typeof shareTargets)[number]

/** The ways in which a badge goes to others; each link of ours says by which it was come. */
export function shareLinks(shared: Shared) {
  const { name, url, oembed } = shared
  const by = (way: string) => `${url}?share=${way}`
  return {
    url,
    linkedInProfile: linkedInProfile(shared, by('linkedin')),
    linkedInPost: link('https://www.linkedin.com/sharing/share-offsite/', { url: by('linkedin') }),
    facebook: link('https://www.facebook.com/sharer/sharer.php', { u: by('facebook') }),
    x: link('https://x.com/intent/post', { text: sentence(shared), url: by('x') }),
    mail: mailUrl(name, by('mail')),
    embedCode: frameCode(shared),
    pictureCode: pictureCode(shared),
    oembed,
  }
}

/** Where a button of a page leads. */
export function shareUrl(shared: Shared, to: ShareTarget): string {
  const links = shareLinks(shared)
  const urls = {
    linkedin: links.linkedInProfile,
    'linkedin-post': links.linkedInPost,
    facebook: links.facebook,
    x: links.x,
  }
  return urls[to]
}

/** Opens LinkedIn's form for certifications with everything filled in. */
function linkedInProfile(shared: Shared, certUrl: string): string {
  const { name, issuerName, organizationId, awardedAt, expiresAt, credentialId } = shared
  return link('https://www.linkedin.com/profile/add', {
    startTask: 'CERTIFICATION_NAME',
    name,
    ...(organizationId === undefined ? { organizationName: issuerName } : { organizationId }),
    ...(awardedAt !== null && { issueYear: yearOf(awardedAt), issueMonth: monthOf(awardedAt) }),
    ...(expiresAt !== null && {
      expirationYear: yearOf(expiresAt),
      expirationMonth: monthOf(expiresAt),
    }),
    certUrl,
    certId: credentialId,
  })
}

const yearOf = (instant: string) => instant.slice(0, 4)
const monthOf = (instant: string) => String(Number(instant.slice(5, 7)))

function sentence({ name, issuerName }: Shared): string {
  return issuerName === ''
    ? `I earned a badge: ${name}`
    : `I earned a badge from ${issuerName}: ${name}`
}

function mailUrl(name: string, url: string): string {
  return `mailto:?subject=${encodeURIComponent(name)}&body=${encodeURIComponent(url)}`
}

function link(address: string, parameters: Readonly<Record<string, string>>): string {
  return `${address}?${new URLSearchParams(parameters)}`
}

/** What a card in a frame measures, for those who embed it. */
export const badgeFrame = { width: 480, height: 260 } as const

/** HTML that shows the badge on a page of the learner's own as a card that stays current; no script. */
function frameCode({ name, issuerName, url }: Shared): string {
  const { width, height } = badgeFrame
  return html`<iframe src="${`${url}?embed=1`}" width="${width}" height="${height}" title="${titleOf(name, issuerName)}" style="border:0;max-width:100%" loading="lazy"></iframe>`
    .text
}

/** The same with a picture that leads here, for places that take no frames. */
function pictureCode({ name, issuerName, url }: Shared): string {
  return html`<a href="${`${url}?share=embed`}" rel="noopener"><img src="${`${url}/image?size=320`}" width="160" height="160" alt="${titleOf(name, issuerName)}"></a>`
    .text
}

function titleOf(name: string, issuerName: string): string {
  return issuerName === '' ? `Badge: ${name}` : `Badge: ${name}, by ${issuerName}`
}
