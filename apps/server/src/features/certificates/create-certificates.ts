import type { Db } from '../../db/database.js'
import { markIn } from '../../http/html-icons.js'
import type { PublicUrls } from '../../http/public-urls.js'
import type { Appearances } from '../appearance/appearance.js'
import { type Images, renderSvg } from '../images/images.js'
import { createCertificateFacts, type For } from './certificate-facts.js'
import { drawCertificate, type Look } from './draw-certificate.js'

type Deps = {
  readonly db: Db
  readonly urls: PublicUrls
  readonly images: Pick<Images, 'asPng'>
  readonly appearances: Pick<Appearances, 'view' | 'logo'>
  readonly now: () => Date
}

const pictureSize = 600
const logoSize = 256
const asImage = 'xmlns="http://www.w3.org/2000/svg"'

/** Badges on paper: a certificate with a code that leads to where the badge can be checked. */
export function createCertificates(deps: Deps) {
  const { images, appearances, now } = deps
  const factsOf = createCertificateFacts(deps)

  /**
   * The certificate of an award, or of a badge from elsewhere, as a PDF. Who may have it, the caller knows.
   * Throws `not-found`, and `conflict` for a badge that is not in force.
   */
  async function pdfOf(id: string, whom: For): Promise<Buffer> {
    const facts = await factsOf(id, whom)
    const [picture, look] = await Promise.all([
      images.asPng(facts.picture, pictureSize),
      readLook(),
    ])
    return await drawCertificate({ ...look, facts, picture, at: now() })
  }

  async function readLook(): Promise<Look> {
    const { name: siteName, chosenAccent, accents } = await appearances.view()
    const logo = await appearances.logo()
    const accent = accents.light.colour
    if (logo?.mediaType === 'image/png') return { siteName, accent, logo: logo.content }
    const mark =
      chosenAccent === null
        ? markIn('#6366f1', '#312e81', asImage)
        : markIn(accents.dark.colour, accent, asImage)
    const svg = logo === undefined ? mark.text : logo.content.toString()
    return { siteName, accent, logo: await renderSvg(svg, logoSize) }
  }

  return { pdfOf }
}

export type Certificates = ReturnType<typeof createCertificates>
