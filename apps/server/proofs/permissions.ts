import { startPostgres } from '@rosette/testkit'
import { say } from './shared/observe.js'
import { callersWithSessions, callersWithTokens } from './shared/permission-callers.js'
import { matrixLines } from './shared/permission-matrix.js'
import { walkRoutes } from './shared/permission-walk.js'
import { openPermissionWorld } from './shared/permission-world.js'

const postgres = await startPostgres()
try {
  const world = await openPermissionWorld({ serverUrl: postgres.url })
  try {
    const callers = [...(await callersWithTokens(world)), ...(await callersWithSessions(world))]
    const walk = await walkRoutes(world, callers)
    for (const line of matrixLines(callers, walk.rows)) say(line)
    say(`${walk.rows.length} routes, ${callers.length} callers, ${walk.requests} requests`)
    if (walk.faults.length > 0) throw new Error(walk.faults.join('\n'))
    say(
      `proved: ${walk.rows.length} routes answer ${callers.length} callers as they declare, ` +
        `${walk.foreignReferences} references to another organization are like missing ones and change nothing of it, ` +
        `and ${walk.narrowed} answers that hold its things for an administrator hold none for others`,
    )
  } finally {
    await world.close()
  }
} finally {
  await postgres.stop()
}
