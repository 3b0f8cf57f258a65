import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { callersWithTokens } from '../../proofs/shared/permission-callers.js'
import { type Walk, walkRoutes } from '../../proofs/shared/permission-walk.js'
import { openPermissionWorld, type PermissionWorld } from '../../proofs/shared/permission-world.js'

let world: PermissionWorld
let walk: Walk
beforeAll(async () => {
  world = await openPermissionWorld()
  walk = await walkRoutes(world, await callersWithTokens(world))
  // Some two thousand requests, on a machine that may be busy.
}, 180_000)
afterAll(() => world?.close())

// The proof "permissions" asks as people with sessions as well.
describe('every route, asked with tokens of every role', () => {
  it('answers as it declares, and tells what is foreign from nothing that is missing', () => {
    expect(walk.faults).toEqual([])
  })

  it('was really asked, and had something to hide', () => {
    expect(walk.rows.length).toBeGreaterThan(85)
    expect(walk.requests).toBeGreaterThan(800)
    expect(walk.foreignReferences).toBeGreaterThan(60)
    expect(walk.narrowed).toBeGreaterThan(25)
  })
})
