import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { toPublicId } from '../src/http/public-id.js'
import { ada, takeBack } from '../src/testing/sample-awards.js'
import { anotherSigned, aSignedBadge } from '../src/testing/signed-badges.js'
import { createTestApp, type TestApp } from '../src/testing/test-app.js'
import { askValidator, installValidator } from './badge-validator.js'

const base = 'https://badges.example'
const installed = await installValidator()
const title = 'missing' in installed ? ` (skipped: ${installed.missing})` : ''
const addressesIn = (text: string): readonly string[] =>
  text.match(/https:\/\/badges\.example\/[^"\s]+/g) ?? []
const python = 'python' in installed ? installed.python : ''

describe.skipIf('missing' in installed)(
  `badges that Rosette issued, to another validator${title}`,
  () => {
    let app: TestApp
    let server: ReturnType<TestApp['createServer']>
    let kept: string
    let revoked: string

    beforeAll(async () => {
      app = await createTestApp()
      server = app.createServer()
      const badge = await aSignedBadge(app)
      kept = badge.awardId
      revoked = await anotherSigned(app, badge)
    })
    afterAll(async () => {
      await server.close()
      await app.drop()
    })

    const get = (path: string) =>
      server.inject({ url: path, headers: { accept: 'application/json' } })

    /** Everything of this server that a text leads to: documents as JSON, pictures as base64. */
    async function documentsFrom(text: string): Promise<Record<string, unknown>> {
      const documents: Record<string, unknown> = {}
      const waiting = [...addressesIn(text)]
      for (let url = waiting.pop(); url !== undefined; url = waiting.pop()) {
        if (url in documents) continue
        const answer = await get(url.slice(base.length))
        if (answer.statusCode !== 200) continue
        const type = String(answer.headers['content-type'])
        if (type.startsWith('image/')) documents[url] = answer.rawPayload.toString('base64')
        if (!type.includes('json')) continue
        documents[url] = answer.json()
        waiting.push(...addressesIn(answer.payload))
      }
      return documents
    }

    async function askAbout(badge: string, email?: string) {
      const payload = Buffer.from(badge.split('.')[1] ?? '', 'base64url').toString()
      const documents = await documentsFrom(badge.startsWith(base) ? badge : payload)
      const recipient =
        email === undefined
          ? {}
          : { recipient: { id: 'https://a.example', type: 'Profile', email } }
      const [report] = await askValidator(python, { documents, badges: [{ badge, ...recipient }] })
      return [
        report?.valid,
        ...(report?.messages ?? []).map(({ name, result }) => `${name}: ${result}`),
      ]
    }

    it('are valid hosted, for the learner and for nobody else', async () => {
      const address = `${base}/public/assertions/${toPublicId(kept)}`
      expect(await askAbout(address, ada.email.toLowerCase())).toEqual([true])
      expect(await askAbout(address, 'grace@learners.example')).toMatchObject([false, /RECIPIENT/])
    })

    it('are valid signed, until they are revoked', async () => {
      const token = (id: string) => get(`/public/assertions/${toPublicId(id)}/signed`)
      const [good, bad] = [(await token(kept)).payload, (await token(revoked)).payload]
      expect(await askAbout(good)).toEqual([true])
      expect(await askAbout(bad)).toEqual([true])
      await takeBack(app, revoked, 'Given by mistake')
      expect(await askAbout(good)).toEqual([true])
      expect(await askAbout(bad)).toMatchObject([false, /NOT_REVOKED/])
    })
  },
)
