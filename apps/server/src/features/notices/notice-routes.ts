import { listNotices, resolveNotice } from '@rosette/contract'
import { actorOf, adminOnly } from '../../http/actor.js'
import type { HttpServer } from '../../http/http-server.js'
import { type NoticeViews, toNotice } from './notice-views.js'
import type { Notices } from './notices.js'

type Deps = { readonly notices: Pick<Notices, 'resolveByHand'>; readonly views: NoticeViews }

const root = '/api/v1/notices'
const config = adminOnly

export function noticeRoutes(server: HttpServer, { notices, views }: Deps): void {
  server.get(root, { schema: listNotices, config }, ({ query }) => {
    const { open, ...asked } = query
    return views.list({ ...asked, isOpen: open === undefined ? undefined : open === 'true' })
  })

  server.post(`${root}/:id/resolve`, { schema: resolveNotice, config }, async (request) =>
    toNotice(await notices.resolveByHand(request.params.id, actorOf(request))),
  )
}
