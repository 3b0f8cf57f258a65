import * as contract from '@rosette/contract'
import { onPlatform } from '../../http/access.js'
import { actorOf } from '../../http/actor.js'
import type { HttpServer } from '../../http/http-server.js'
import type { BusStatuses } from './create-bus-status.js'

const root = '/api/v1/bus'

export function busStatusRoutes(server: HttpServer, busStatus: BusStatuses): void {
  const read = { schema: contract.getBusStatus, config: onPlatform('platform:read') }
  server.get(root, read, () => busStatus.read())

  const retry = { schema: contract.retrySignals, config: onPlatform('platform:edit') }
  server.post(`${root}/outbox/retry`, retry, async (request) => ({
    retried: await busStatus.retrySignals(actorOf(request)),
  }))
}
