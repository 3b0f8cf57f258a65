import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createWebDocuments, documentsFrom } from './documents.js'

const png = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
const answers: Record<string, Buffer> = {
  '/json': Buffer.from('{"a":1}'),
  '/text': Buffer.from('aaa.bbb.ccc'),
  '/image': png,
}

let server: Server
let port: number
beforeAll(async () => {
  server = createServer((request, response) => {
    const answer = answers[request.url ?? '']
    if (answer === undefined) response.writeHead(410)
    response.end(answer)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  port = (server.address() as AddressInfo).port
})
afterAll(() => void server.close())

function fromWeb(...allowHosts: string[]) {
  const refused: string[] = []
  const onRefused = (sentence: string) => void refused.push(sentence)
  return { ...createWebDocuments({ allowHosts, onRefused }), refused }
}

describe('documents from the web', () => {
  it('are JSON, text, or bytes, as they come', async () => {
    const { fetchDocument } = fromWeb()
    const base = `http://127.0.0.1:${port}`
    expect(await fetchDocument(`${base}/json`)).toEqual({ a: 1 })
    expect(await fetchDocument(`${base}/text`)).toBe('aaa.bbb.ccc')
    expect(await fetchDocument(`${base}/image`)).toEqual(new Uint8Array(png))
    await expect(fetchDocument(`${base}/gone`)).rejects.toMatchObject({ status: 410 })
  })

  it('are given as they are where they are a badge', async () => {
    const { fetchBytes } = fromWeb()
    const bytes = await fetchBytes(`http://localhost:${port}/json`)
    expect(Buffer.from(bytes).toString()).toBe('{"a":1}')
  })

  it('are not asked of a private network, which is said once', async () => {
    const { fetchDocument, refused } = fromWeb()
    for (const path of ['a', 'b']) {
      await expect(fetchDocument(`http://127.0.0.2:${port}/${path}`)).rejects.toMatchObject({
        code: 'ERR_GUARD_PRIVATE',
      })
    }
    expect(refused).toEqual([expect.stringMatching(/^127\.0\.0\.2 .* --allow-host <host>\.$/)])
  })

  it('are refused with a sentence when a host is none', () => {
    expect(() => fromWeb('http://a')).toThrow('--allow-host: "http://a" is no host.')
  })
})

describe('documents from a map', () => {
  it('need no fragment, and are no others', async () => {
    const documents = documentsFrom({ 'https://a.example/k': 1 })
    expect(await documents('https://a.example/k#key')).toBe(1)
    await expect(documents('toString')).rejects.toThrow('not among the given documents')
  })
})
