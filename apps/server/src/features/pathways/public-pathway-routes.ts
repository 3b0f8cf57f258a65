import { sendPage } from '../../http/html-page.js'
import type { HttpServer } from '../../http/http-server.js'
import { notThere, publicIdOf } from '../../http/public-answers.js'
import type { PublicUrls } from '../../http/public-urls.js'
import type { Pathways } from './create-pathways.js'
import { pathwayPage } from './pathway-page.js'

type Deps = { readonly pathways: Pathways; readonly urls: PublicUrls }

/** The map of a pathway for everybody, where its organization has published it. */
export function publicPathwayRoutes(server: HttpServer, { pathways, urls }: Deps): void {
  server.get('/public/pathways/:id', async (request, reply) => {
    const id = publicIdOf(request, 'pathway')
    const map = await pathways.findPublic(id)
    if (map === undefined) throw notThere('pathway')
    return sendPage(reply, pathwayPage(map, await pathways.distribution(id), urls))
  })
}
