import { describe, expect, it } from 'vitest'
import { fileName, type Shared, shareLinks } from './links.js'

const badge: Shared = {
  name: 'Data & "design"',
  issuerName: 'Open University',
  url: 'https://badges.example/public/assertions/abc',
  oembed: 'https://badges.example/public/oembed?url=x',
  awardedAt: '2026-03-12T08:30:00.123456Z',
  expiresAt: '2028-11-01T00:00:00Z',
  credentialId: '1d292317-3fc5-4f50-9188-42f29a893909',
}

const of = (link: string) => Object.fromEntries(new URL(link).searchParams)

describe('the links by which a badge is shared', () => {
  it('fill in the form of LinkedIn for certifications', () => {
    expect(of(shareLinks(badge).linkedInProfile)).toEqual({
      startTask: 'CERTIFICATION_NAME',
      name: badge.name,
      organizationName: 'Open University',
      issueYear: '2026',
      issueMonth: '3',
      expirationYear: '2028',
      expirationMonth: '11',
      certUrl: `${badge.url}?share=linkedin`,
      certId: badge.credentialId,
    })
  })

  it('name the page of the issuer at LinkedIn where it is known, and no end where there is none', () => {
    const { linkedInProfile } = shareLinks({ ...badge, organizationId: '1337', expiresAt: null })
    const form = of(linkedInProfile)
    expect(form).toMatchObject({ organizationId: '1337' })
    for (const absent of ['organizationName', 'expirationYear', 'expirationMonth']) {
      expect(form).not.toHaveProperty(absent)
    }
  })

  it('say by which way somebody came', () => {
    const links = shareLinks(badge)
    expect(of(links.linkedInPost)).toEqual({ url: `${badge.url}?share=linkedin` })
    expect(of(links.facebook)).toEqual({ u: `${badge.url}?share=facebook` })
    expect(of(links.x)).toEqual({
      text: 'I earned a badge from Open University: Data & "design"',
      url: `${badge.url}?share=x`,
    })
    expect(of(links.mail)).toEqual({ subject: badge.name, body: `${badge.url}?share=mail` })
  })

  it('put nothing of a name into the HTML that is pasted into pages', () => {
    const evil = { ...badge, name: '"><script>alert(1)</script>' }
    const { embedCode, pictureCode } = shareLinks(evil)
    for (const code of [embedCode, pictureCode]) expect(code).not.toContain('<script')
    expect(embedCode).toContain('src="https://badges.example/public/assertions/abc?embed=1"')
  })
})

describe('a file name', () => {
  it.each([
    ['Größe & Ärger', 'gro-e-arger'],
    ['数据', 'badge'],
    ['../../etc/passwd', 'etc-passwd'],
  ])('of %s is %s', (name, expected) => {
    expect(fileName(name)).toBe(expected)
  })
})
