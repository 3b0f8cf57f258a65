import type { ConsoleMessage } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { aBadge, anAward } from '../src/testing/sample-awards.js'
import type { TestApp } from '../src/testing/test-app.js'
import { everyLook, expectReadable, keepPicture, usePublicSite } from './public-site.js'

const logo =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 32"><path d="M2 30 22 4l14 18 8-10 18 18z" fill="#b45309"/></svg>'

const site = usePublicSite(({ app }) => dress(app))

/** A site with a colour that could not be read as it was chosen, and a pathway that everybody may see. */
async function dress(app: TestApp) {
  const badge = await aBadge(app)
  const awardId = await anAward(app, { ...badge, showsName: true })
  await app.issuances.issue({ awardId }, { number: 1, isLast: false })
  const pathway = `/public/pathways/${await aPathway(app, badge)}`
  const footerLinks = [
    { label: 'Imprint', url: 'https://riverbend.example/imprint' },
    { label: 'Privacy', url: 'https://riverbend.example/privacy' },
  ]
  const footerText = 'Run by the registrar of Riverbend University.'
  const clothes = { name: 'Riverbend Badges', accent: '#f59e0b', footerText, footerLinks }
  await app.appearances.put(clothes, 'a test')
  await app.appearances.putLogo(Buffer.from(logo), 'a test')
  return { start: '/', verify: '/verify', award: `/public/assertions/${awardId}`, pathway }
}

async function aPathway(
  app: TestApp,
  { templateId, issuerId }: { templateId: string; issuerId: string },
) {
  const { organization_id: organizationId } = await app.db
    .selectFrom('issuer')
    .select('organization_id')
    .where('id', '=', issuerId)
    .executeTakeFirstOrThrow()
  const next = await app.db
    .insertInto('badge_template')
    .values({
      organization_id: organizationId,
      issuer_id: issuerId,
      name: 'Data Scientist',
      state: 'active',
      image_id: null,
      repeat_by: null,
      expires_after_days: null,
      activated_at: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  const made = await app.pathways.create(
    {
      organizationId,
      name: 'Data science',
      description: 'From the first course to a badge that employers know.',
      isPublic: true,
      badges: [
        { templateId, isMilestone: false },
        { templateId: next.id, isMilestone: true },
      ],
      links: [{ from: templateId, to: next.id }],
    },
    'a test',
  )
  return made.id
}

describe.each(['start', 'verify', 'award', 'pathway'])(
  'the page "%s" of a dressed site',
  (name) => {
    it('wears name, logo, colour and typeface in every look, and can be read', async () => {
      for (const look of everyLook) {
        const tab = await site.tabWith(look)
        const complaints: string[] = []
        const listen = (message: ConsoleMessage) => complaints.push(message.text())
        tab.on('console', listen)
        await tab.goto(site.addressOf(name), { waitUntil: 'networkidle' })
        await tab.getByText('Riverbend Badges').first().waitFor()
        expect(await tab.evaluate(`document.fonts.check('16px "Readex Pro"')`)).toBe(true)
        expect(await tab.evaluate(`document.querySelector('.logo').naturalWidth`)).toBeGreaterThan(
          0,
        )
        await keepPicture(tab, `brand-${name}-${look}`)
        await expectReadable(tab)
        expect(complaints).toEqual([])
        tab.off('console', listen)
      }
    })

    it('weighs less than 60 kB with typeface, logo and pictures', async () => {
      const { weight } = await site.weigh(name)
      expect(weight).toBeGreaterThan(31_000)
      expect(weight).toBeLessThan(60_000)
    })
  },
)
