import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { markIn } from '../../http/html-icons.js'
import type { HttpServer } from '../../http/http-server.js'
import { notThere, queryOf, sendDocument } from '../../http/public-answers.js'
import type { Appearances } from './create-appearances.js'

const require = createRequire(import.meta.url)
/** By the name under which they are served, which pages know; a new file gets a new name. */
const fonts = {
  'readex-pro-5-latin.woff2': require.resolve(
    '@fontsource-variable/readex-pro/files/readex-pro-latin-wght-normal.woff2',
  ),
  'readex-pro-5-arabic.woff2': require.resolve(
    '@fontsource-variable/readex-pro/files/readex-pro-arabic-wght-normal.woff2',
  ),
} as const
const year = 365 * 86_400
// An SVG that is opened by itself is a page: nothing in it may run or be fetched.
const sandbox = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox"

/** The typeface, the logo and the icon of the site, for pages and mails. */
export function brandRoutes(server: HttpServer, appearances: Appearances): void {
  for (const [name, path] of Object.entries(fonts)) {
    let content: Promise<Buffer> | undefined
    server.get(`/brand/fonts/${name}`, async (_request, reply) => {
      content ??= readFile(path)
      const body = await content
      return reply
        .header('cache-control', `public, max-age=${year}, immutable`)
        .type('font/woff2')
        .send(body)
    })
  }

  server.get('/brand/logo', async (request, reply) => {
    const logo = await appearances.logo()
    if (logo === undefined) throw notThere('logo')
    reply.header('content-security-policy', sandbox)
    const maxAge = queryOf(request, 'v') === undefined ? 300 : 86_400
    return sendDocument(request, reply, { body: logo.content, type: logo.mediaType, maxAge })
  })

  server.get('/brand/icon', async (request, reply) => {
    reply.header('content-security-policy', sandbox)
    const logo = await appearances.logo()
    if (logo !== undefined) {
      return sendDocument(request, reply, {
        body: logo.content,
        type: logo.mediaType,
        maxAge: 3600,
      })
    }
    const body = iconOf(await appearances.view())
    return sendDocument(request, reply, { body, type: 'image/svg+xml', maxAge: 3600 })
  })
}

const asImage = 'xmlns="http://www.w3.org/2000/svg"'

function iconOf({ chosenAccent, accents }: Awaited<ReturnType<Appearances['view']>>): string {
  const icon =
    chosenAccent === null
      ? markIn('#6366f1', '#312e81', asImage)
      : markIn(accents.dark.colour, accents.light.colour, asImage)
  return icon.text
}
