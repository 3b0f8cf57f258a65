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
  }).toString()
  return form.href
}

export function mailUrl(name: string, url: string): string {
  return `mailto:?subject=${encodeURIComponent(name)}&body=${encodeURIComponent(url)}`
}
