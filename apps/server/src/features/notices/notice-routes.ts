import { listNotices, resolveNotice } from '@rosette/contract'
import { on, reachOf, somewhere } from '../../http/access.js'
import { actorOf } from '../../http/actor.js'
import type { HttpServer } from '../../http/http-server.js'
import { type NoticeViews, toNotice } from './notice-views.js'
import type { Notices } from './notices.js'

type Deps = { readonly notices: Pick<Notices, 'resolveByHand'>; readonly views: NoticeViews }

const root = '/api/v1/notices'
const toList = somewhere('notice:read')
const toEdit = on('notice', 'notice:edit')

export function noticeRoutes(server: HttpServer, { notices, views }: Deps): void {
  server.get(root, { schema: listNotices, config: toList }, (request) => {
    const { open, ...asked } = request.query
    const isOpen = open === undefined ? undefined : open === 'true'
    return views.list({ ...asked, isOpen }, reachOf(request, 'notice:read'))
  })

  server.post(`${root}/:id/resolve`, { schema: resolveNotice, config: toEdit }, async (request) =>
    toNotice(await notices.resolveByHand(request.params.id, actorOf(request))),
  )
}
