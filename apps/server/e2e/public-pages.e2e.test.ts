import { describe, expect, it } from 'vitest'
import { aBadge, anAward, takeBack } from '../src/testing/sample-awards.js'
import type { TestApp } from '../src/testing/test-app.js'
import { describePublicPages, usePublicSite } from './public-site.js'

const site = usePublicSite(({ app }) => makePages(app))

async function makePages(app: TestApp) {
  const badge = await aBadge(app)
  const signed = async (wanted: object) => {
    const id = await anAward(app, { ...badge, ...wanted })
    await app.issuances.issue({ awardId: id }, { number: 1, isLast: false })
    return id
  }
  const evidence = [
    { url: 'https://university.example/certificates/42', name: 'Certificate page' },
    { name: 'Final project', narrative: 'A study of tide tables.' },
  ]
  const valid = await signed({ showsName: true, evidence })
  const revoked = await signed({ expiresAt: '2040-01-01T00:00:00Z' })
  await takeBack(app, revoked, 'plagiarism in the final project')
  const expired = await signed({ expiresAt: '2026-04-01T00:00:00Z' })
  const queued = await anAward(app, badge)
  const long = await aBadge(app, {
    name: 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft & <b>Söhne</b>',
    criteria: `# A heading\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n\`\`\`\n${'code '.repeat(60)}\n\`\`\``,
    tags: Array.from({ length: 25 }, (_, n) => `a skill number ${n}`),
  })
  return {
    valid: `/public/assertions/${valid}`,
    revoked: `/public/assertions/${revoked}`,
    expired: `/public/assertions/${expired}`,
    queued: `/public/assertions/${queued}`,
    verification: `/public/assertions/${valid}/verification`,
    'verification-revoked': `/public/assertions/${revoked}/verification`,
    badge: `/public/badges/${badge.templateId}`,
    'badge-long': `/public/badges/${long.templateId}`,
    issuer: `/public/issuers/${badge.issuerId}`,
    missing: '/public/assertions/nothing-like-this',
  }
}

const names = [
  'valid',
  'revoked',
  'expired',
  'queued',
  'verification',
  'verification-revoked',
  'badge',
  'badge-long',
  'issuer',
  'missing',
]
describePublicPages(names, site)

describe('the page of an award', () => {
  it('can be used with the keyboard, beginning with a way past the header', async () => {
    const tab = await site.tabWith('light')
    await tab.goto(site.addressOf('valid'))
    await tab.keyboard.press('Tab')
    expect(await tab.evaluate('document.activeElement.textContent')).toBe('Skip to content')
    const link = tab.getByRole('link', { name: 'Check again' })
    await link.focus()
    await tab.keyboard.press('Enter')
    await tab.getByRole('heading', { name: 'Is this badge real?' }).waitFor()
    expect(await tab.getByText('passed').count()).toBeGreaterThan(3)
  })
})
