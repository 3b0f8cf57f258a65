import { execFileSync } from 'node:child_process'
import { existsSync, writeFileSync } from 'node:fs'
import { inflateSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createPublicUrls } from '../../http/public-urls.js'
import { aSignedIn } from '../../testing/person.js'
import { takeBack } from '../../testing/sample-awards.js'
import { anEarned, anImported, proveMail } from '../../testing/sample-backpack.js'
import { createTestApp, type TestApp } from '../../testing/test-app.js'
import { createCertificates } from './certificates.js'

/** Set it to a folder to look at the certificates afterwards. */
const folder = process.env['ROSETTE_SCREENSHOTS']

let app: TestApp
let server: ReturnType<TestApp['createServer']>
let certificates: ReturnType<typeof createCertificates>
beforeAll(async () => {
  app = await createTestApp()
  server = app.createServer()
  certificates = createCertificates({
    ...app,
    urls: createPublicUrls('https://badges.example'),
    now: () => new Date(),
  })
})
afterAll(() => app.drop())

const get = (url: string, headers: Record<string, string> = {}) => server.inject({ url, headers })

async function aLearner(name = 'Ada Lovelace') {
  const learner = await aSignedIn(app, server, { name })
  await proveMail(app, learner.user.id)
  return learner
}

/** What the parts of a PDF say, packed ones too. */
function textIn(pdf: Buffer): string {
  const raw = pdf.toString('latin1')
  const packed = [...raw.matchAll(/stream\r?\n/g)].map(({ index, 0: start }) => {
    try {
      return inflateSync(pdf.subarray(index + start.length)).toString('latin1')
    } catch {
      return ''
    }
  })
  return raw + packed.join('\n')
}

/** As PDF writes text of any script: in hexadecimal UTF-16. */
const inPdf = (text: string) =>
  [...Buffer.from(`\uFEFF${text}`, 'utf16le').swap16()]
    .map((byte) => String.fromCharCode(byte))
    .join('')

function keep(name: string, pdf: Buffer): void {
  if (folder !== undefined) writeFileSync(`${folder}/${name}.pdf`, pdf)
}

describe('a certificate', () => {
  it('says what, whose, by whom and since when, for eyes and for readers aloud', async () => {
    const { user } = await aLearner()
    const { awardId } = await anEarned(app, user, { expiresAt: '2040-01-01T00:00:00Z' })
    const pdf = await certificates.pdfOf(awardId, { isForLearner: true })
    keep('certificate', pdf)
    const text = textIn(pdf)
    expect(pdf.subarray(0, 8).toString()).toBe('%PDF-1.7')
    expect(text).toContain('/MarkInfo')
    expect(text).toContain('/Lang (en)')
    expect(text).toContain('/DisplayDocTitle true')
    for (const said of ['Ada Lovelace', 'Data Analysis Foundations', 'issued by Open University']) {
      expect(text.includes(said) || text.includes(inPdf(said)), said).toBe(true)
    }
    expect(text).toContain('Awarded on 12 March 2026')
    expect(text).toContain('Valid until 1 January 2040')
    expect(text.match(/\/S \/Figure/g)).toHaveLength(3)
    expect(pdf.length).toBeLessThan(300_000)
  })

  it('names the learner to others only where the learner shows the name', async () => {
    const { user } = await aLearner()
    const hidden = await anEarned(app, user)
    const shown = await anEarned(app, user, { showsName: true })
    const at = (id: string) => get(`/public/assertions/${id}/certificate`)
    const [without, named] = [await at(hidden.awardId), await at(shown.awardId)]
    expect(without.headers['content-type']).toBe('application/pdf')
    expect(without.headers['content-disposition']).toBe(
      'inline; filename="data-analysis-foundations.pdf"',
    )
    expect(textIn(without.rawPayload)).not.toContain('Ada')
    expect(textIn(named.rawPayload)).toContain('Ada Lovelace')
    keep('certificate-without-name', without.rawPayload)
  })

  it('is for the learner alone while the badge is private, and leads to the verifier', async () => {
    const learner = await aLearner()
    const { awardId } = await anEarned(app, learner.user)
    await app.db
      .updateTable('award')
      .set({ visibility: 'private' })
      .where('id', '=', awardId)
      .execute()
    const url = `/public/assertions/${awardId}/certificate`
    expect((await get(url)).statusCode).toBe(404)
    expect((await learner.get(url)).status).toBe(200)
    const text = textIn(await certificates.pdfOf(awardId, { isForLearner: true }))
    expect(text).toContain('QR code that leads to https://badges.example/verify')
  })

  it('is not given of a badge that is taken back, or not issued yet, or not there', async () => {
    const { user } = await aLearner()
    const { awardId } = await anEarned(app, user)
    await takeBack(app, awardId, 'plagiarism')
    const queued = await anEarned(app, user, { isSigned: false })
    const invalid = await anImported(app, user.id, { verdict: 'invalid' })
    for (const id of [awardId, queued.awardId, invalid]) {
      await expect(certificates.pdfOf(id, { isForLearner: true })).rejects.toMatchObject({
        code: 'conflict',
      })
    }
    await expect(certificates.pdfOf(user.id, { isForLearner: true })).rejects.toMatchObject({
      code: 'not-found',
    })
    expect((await get('/public/assertions/x/certificate')).statusCode).toBe(404)
  })

  it('can be had of a badge from elsewhere, and says that it is from elsewhere', async () => {
    const { user } = await aLearner()
    const id = await anImported(app, user.id)
    const pdf = await certificates.pdfOf(id, { isForLearner: true })
    keep('certificate-imported', pdf)
    expect(textIn(pdf)).toContain('Issued by another site')
  })

  it.each([
    ['arabic', 'آدا لوفليس محمد', 'تحليل البيانات Data 101 للمبتدئين'],
    ['greek', 'Άντα Λάβλεϊς & Жанна', 'Θεμέλια'],
    [
      'long',
      'Maximiliane Theresia '.repeat(8),
      'Donaudampfschifffahrtselektrizitätenhauptbetriebswerk '.repeat(5),
    ],
    ['chinese', '王小明', '数据分析'],
  ])('is drawn for names as they are in %s', async (kind, name, badge) => {
    const { user } = await aLearner(name)
    const { awardId } = await anEarned(app, user, {
      name: badge,
      issuerName:
        kind === 'long' ? 'Hochschule für angewandte Wissenschaften '.repeat(4) : 'Open University',
      criteria:
        kind === 'long' ? 'Passed many courses, and wrote about each of them. '.repeat(60) : '',
    })
    const pdf = await certificates.pdfOf(awardId, { isForLearner: true })
    keep(`certificate-${kind}`, pdf)
    expect(pdf.toString('latin1').match(/\/Type \/Page\b/g)).toHaveLength(1)
  })

  it.runIf(existsSync('/usr/bin/pdftotext'))('can be read as text', async () => {
    const { user } = await aLearner('Ångström Ñandú')
    const { awardId } = await anEarned(app, user)
    const input = await certificates.pdfOf(awardId, { isForLearner: true })
    const text = execFileSync('/usr/bin/pdftotext', ['-', '-'], { input }).toString()
    expect(text).toContain('Ångström Ñandú')
    expect(text).toContain('Data Analysis Foundations')
  })
})
