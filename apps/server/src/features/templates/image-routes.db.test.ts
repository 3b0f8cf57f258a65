import { deflateSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ApiClient, anOrganization, createApiClient } from '../../testing/api-client.js'
import { createTestApp, type TestApp } from '../../testing/test-app.js'

const svg =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><circle cx="5" cy="5" r="4"/></svg>'

let app: TestApp
let api: ApiClient
let id: string
beforeAll(async () => {
  app = await createTestApp()
  api = await createApiClient(app)
  const owner = await anOrganization(api)
  id = (await api.post('badge-templates', { ...owner, name: 'Pictured' })).body.id
})
afterAll(async () => {
  await api.server.close()
  await app.drop()
})

async function put(contentType: string, payload: Buffer | string, template = id) {
  return await api.send({
    method: 'PUT',
    url: `/api/v1/badge-templates/${template}/image`,
    headers: { 'content-type': contentType },
    payload,
  })
}

function aForm(file: string, type: string): readonly [string, string] {
  const head = `Content-Disposition: form-data; name="image"; filename="a.svg"\r\nContent-Type: ${type}`
  return ['multipart/form-data; boundary=X', `--X\r\n${head}\r\n\r\n${file}\r\n--X--\r\n`]
}

describe('the picture of a template', () => {
  it('is set from the body or a form, and removed', async () => {
    const answer = await put('image/svg+xml', svg)
    expect(answer).toMatchObject({
      status: 200,
      body: {
        id,
        image: {
          mediaType: 'image/svg+xml',
          url: expect.stringMatching(
            /^https:\/\/badges\.example\/public\/badges\/[\w-]{22}\/image$/,
          ),
        },
      },
    })
    const form = await put(...aForm(svg, 'image/svg+xml'))
    expect(form.status).toBe(200)
    expect(form.body.image.id).not.toBe(answer.body.image.id)
    const png = await put('image/png', aPng())
    expect(png).toMatchObject({ status: 200, body: { image: { mediaType: 'image/png' } } })
    const removed = await api.delete(`badge-templates/${id}/image`)
    expect(removed).toMatchObject({ status: 200, body: { image: null } })
  })

  it('is refused when it is too large, harmful, or none', async () => {
    const large = `${svg.slice(0, -6)}<!--${'x'.repeat(3 * 1024 * 1024)}--></svg>`
    expect(await put('image/svg+xml', large)).toMatchObject({
      status: 422,
      body: { code: 'image-refused', title: expect.stringContaining('2 MB') },
    })
    expect(await put('image/svg+xml', ' '.repeat(11 * 1024 * 1024))).toMatchObject({
      status: 413,
      body: { code: 'too-large' },
    })
    const form = await put(...aForm('x'.repeat(11 * 1024 * 1024), 'image/png'))
    expect(form).toMatchObject({ status: 413, body: { code: 'too-large' } })
    expect(await put('image/png', 'not a picture')).toMatchObject({
      status: 422,
      body: { code: 'image-refused' },
    })
    expect((await put('image/gif', 'GIF89a')).status).toBe(415)
    expect((await put('image/png', '')).status).toBe(415)
    expect((await api.get(`badge-templates/${id}`)).body.image).toBeNull()
  })

  it('needs a template', async () => {
    const answer = await put('image/svg+xml', svg, '00000000-0000-4000-8000-000000000000')
    expect(answer).toMatchObject({ status: 404, body: { code: 'template-not-found' } })
  })
})

/** One hundred grey points square. */
function aPng(): Buffer {
  const side = 100
  const header = Buffer.alloc(13)
  header.writeUInt32BE(side, 0)
  header.writeUInt32BE(side, 4)
  header.set([8, 0, 0, 0, 0], 8)
  const rows = Buffer.alloc(side * (side + 1), 128)
  for (let row = 0; row < side; row++) rows[row * (side + 1)] = 0
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), data])
  const length = Buffer.alloc(4)
  length.writeUInt32BE(data.length)
  const crc = Buffer.alloc(4)
  crc.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, crc])
}

function crc32(bytes: Buffer): number {
  let crc = 0xffffffff
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1
  }
  return (crc ^ 0xffffffff) >>> 0
}
