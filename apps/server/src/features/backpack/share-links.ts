import type { BackpackBadge, BackpackBadgeDetail } from '@rosette/contract/backpack'
import { html } from '../../http/html.js'
import type { PublicUrls } from '../../http/public-urls.js'

/** Links by which a learner shows a badge elsewhere; none of them is followed by us. */
export function shareOf(
  badge: BackpackBadge,
  url: string,
  urls: PublicUrls,
): NonNullable<BackpackBadgeDetail['share']> {
  const from = (where: string) => `${url}?share=${where}`
  const { name } = badge
  return {
    url,
    linkedInProfile: linkedInProfile(badge, from('linkedin')),
    linkedInPost: to('https://www.linkedin.com/sharing/share-offsite/', { url: from('linkedin') }),
    facebook: to('https://www.facebook.com/sharer/sharer.php', { u: from('facebook') }),
    x: to('https://x.com/intent/post', { text: name, url: from('x') }),
    mail: `mailto:?subject=${encodeURIComponent(name)}&body=${encodeURIComponent(from('mail'))}`,
    embedCode: embedCode(badge, url),
    oembed: urls.oembed(url),
  }
}

// LinkedIn's form for certifications, with everything filled in.
function linkedInProfile(
  { id, name, issuer, awardedAt, expiresAt }: BackpackBadge,
  url: string,
): string {
  return to('https://www.linkedin.com/profile/add', {
    startTask: 'CERTIFICATION_NAME',
    name,
    organizationName: issuer.name,
    ...monthOf('issue', awardedAt),
    ...monthOf('expiration', expiresAt),
    certUrl: url,
    certId: id,
  })
}

function monthOf(what: string, instant: string | null): Readonly<Record<string, string>> {
  if (instant === null) return {}
  return {
    [`${what}Year`]: instant.slice(0, 4),
    [`${what}Month`]: String(Number(instant.slice(5, 7))),
  }
}

function embedCode({ name, issuer }: BackpackBadge, url: string): string {
  return html`<a href="${`${url}?share=embed`}" rel="noopener"><img src="${`${url}/image?size=320`}" width="160" height="160" alt="${`Badge: ${name}, by ${issuer.name}`}"></a>`
    .text
}

function to(address: string, query: Readonly<Record<string, string>>): string {
  return `${address}?${new URLSearchParams(query)}`
}
