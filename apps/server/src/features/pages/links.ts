import { html } from '../../http/html.js'
import type { AwardView } from './page-views.js'

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

/** Opens LinkedIn's form for certifications with everything filled in. */
export function linkedInUrl(award: AwardView, url: string): string {
  const form = new URL('https://www.linkedin.com/profile/add')
  form.search = new URLSearchParams({
    startTask: 'CERTIFICATION_NAME',
    name: award.name,
    organizationName: award.issuerName,
    issueYear: award.awardedAt.slice(0, 4),
    issueMonth: String(Number(award.awardedAt.slice(5, 7))),
    certUrl: url,
    certId: award.awardId,
    ...(award.expiresAt !== null && {
      expirationYear: award.expiresAt.slice(0, 4),
      expirationMonth: String(Number(award.expiresAt.slice(5, 7))),
    }),
  }).toString()
  return form.href
}

export function mailUrl(name: string, url: string): string {
  return `mailto:?subject=${encodeURIComponent(name)}&body=${encodeURIComponent(url)}`
}

/** HTML that shows the badge on a page of the learner's own: a picture that leads here, and no script. */
export function embedCode({ name, issuerName }: AwardView, url: string): string {
  return html`<a href="${`${url}?share=embed`}" rel="noopener"><img src="${`${url}/image?size=320`}" width="160" height="160" alt="${`Badge: ${name}, by ${issuerName}`}"></a>`
    .text
}
