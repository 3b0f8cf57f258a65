import { tryForeign } from './foreign-references.js'
import { unnamedReferences } from './named-references.js'
import type { Caller } from './permission-callers.js'
import { createGround, type Ground } from './permission-ground.js'
import {
  expectedOf,
  type Guarded,
  isMisfit,
  masked,
  missingThings,
  outcomeOf,
  type Request,
  toRequest,
} from './permission-request.js'
import type { Answer, PermissionWorld, Route } from './permission-world.js'
import type { Example, Known } from './route-example.js'
import { routeExamples } from './route-examples.js'

/** What each caller got, in their order. */
export type Walked = { readonly key: string; readonly cells: readonly string[] }

export type Walk = {
  readonly rows: readonly Walked[]
  readonly faults: readonly string[]
  readonly requests: number
  /** References to things of the other organization that were put into requests. */
  readonly foreignReferences: number
  /** Answers that held something of the other organization for an administrator, and nothing for its strangers. */
  readonly narrowed: number
}

/** Pages and documents for everybody, which need not say who may use them. */
const openPages =
  /^\/(\*?$|admin|assets|badges|public|credentials|verify|issuers|health|metrics|api\/(docs|openapi)|\.well-known|status|console|backpack|displayer|baker|keys|endorsements|brand)/

/** What other software speaks: it is known by tokens of its own, and tested where it is made. */
const otherDoors = /^\/(o|v1|v2|api\/badges\/v1|oauth|ims\/ob|wallet|backpack-hosts)\//

/** Asks every route as every caller, and compares with what the route says of itself. */
export async function walkRoutes(
  world: PermissionWorld,
  callers: readonly Caller[],
): Promise<Walk> {
  const ground = createGround(world)
  const routes = guardedRoutes(world.routes, ground.faults)
  ground.faults.push(...(await unnamedReferences(world, routes, ground.ours)))
  const rows: Walked[] = []
  for (const route of routes) {
    const cells: string[] = []
    for (const caller of callers) cells.push(await visit(ground, route, caller))
    rows.push({ key: route.key, cells })
  }
  for (const owner of callers.filter(({ name }) => name.startsWith('owner'))) {
    for (const route of routes) await tryForeign(ground, route, owner)
  }
  return { rows, faults: ground.faults, ...ground.counts }
}

// Reading comes first, while everything is as it was made.
function guardedRoutes(routes: readonly Route[], faults: string[]): Guarded[] {
  const found = routes.flatMap(({ method, url, access }) => {
    if (method === 'HEAD') return []
    const key = `${method} ${url}`
    const example = routeExamples[key]
    if (access !== undefined && example !== undefined) return [{ key, access, example }]
    if (access !== undefined) faults.push(`${key} has no line in route-examples.ts.`)
    else if (!openPages.test(url) && !otherDoors.test(url)) {
      faults.push(`${key} does not say who may use it.`)
    }
    return []
  })
  const keys = new Set(routes.map(({ method, url }) => `${method} ${url}`))
  for (const key of Object.keys(routeExamples)) {
    if (!keys.has(key)) faults.push(`${key} is in route-examples.ts, but no route.`)
  }
  const isLater = ({ key }: Guarded) => Number(!key.startsWith('GET '))
  return found.sort((a, b) => isLater(a) - isLater(b))
}

/** One request of one caller; answers with what the matrix shows. */
async function visit(ground: Ground, route: Guarded, caller: Caller): Promise<string> {
  const { faults, world } = ground
  const { key, example } = route
  const ours = await withFresh(ground, example)
  const request = toRequest(key, example, ours)
  const answer = await ground.ask(request, caller)
  const told = `${key} for ${caller.name}`
  const got = outcomeOf(answer)
  const expected = expectedOf(route, caller, world.first.organization)
  if (!expected.includes(got)) {
    faults.push(`${told}: ${answer.status} ${answer.text.slice(0, 200)}, not ${expected}.`)
  }
  if (got === 'open' && isMisfit(answer)) {
    faults.push(`${told}: the example does not fit: ${answer.text}`)
  }
  if (got === '404' && typeof route.access !== 'string')
    await compareWithMissing(ground, { route, request, answer, ours }, caller)
  assertNothingForeign(ground, { told, answer }, caller)
  if (key.startsWith('GET ')) await readWhole(ground, route, caller)
  return got === 'open' ? String(answer.status) : got
}

async function withFresh({ ours, world }: Ground, { fresh = [] }: Example): Promise<Known> {
  const made = await Promise.all(
    fresh.map(async (kind) => [kind, await world.another(kind)] as const),
  )
  return { ...ours, ...Object.fromEntries(made) }
}

type Missing = {
  readonly route: Guarded
  readonly request: Request
  readonly answer: Answer
  readonly ours: Known
}

async function compareWithMissing(ground: Ground, told: Missing, caller: Caller): Promise<void> {
  const { route, request, answer, ours } = told
  const missing = { ...ours, ...missingThings }
  const other = await ground.ask(toRequest(route.key, route.example, missing), caller)
  if (masked(other, missing) === masked(answer, ours)) return
  const texts = `${answer.text.slice(0, 200)} and ${other.text.slice(0, 200)}`
  const { url } = request.options
  ground.faults.push(`${caller.name} can tell ${url} from what is missing: ${texts}`)
}

/** What a list holds when nothing narrows it but the permission: all of one's own, nothing foreign. */
async function readWhole(ground: Ground, route: Guarded, caller: Caller): Promise<void> {
  const { access, key, example } = route
  const { first, administrator } = ground.world
  if (typeof access === 'string' || access.of !== 'somewhere') return
  if (!caller.may(access.permission, first.organization)) return
  const request = toRequest(key, { ...example, query: () => ({}) }, ground.ours)
  const answer = await ground.ask(request, caller)
  const told = `${key} without a query for ${caller.name}`
  assertNothingForeign(ground, { told, answer }, caller)
  // Reading changes nothing, so it is the same for all who are compared with it.
  const whole = ground.wholes.get(key) ?? (await ground.ask(request, administrator))
  ground.wholes.set(key, whole)
  const own = ({ text }: Answer) => Object.values(first).filter((id) => text.includes(id)).length
  if (own(answer) < own(whole)) ground.faults.push(`${told} leaves out what is its own.`)
  if (ground.isForeign(whole) && !ground.isForeign(answer)) ground.counts.narrowed += 1
}

type Told = { readonly told: string; readonly answer: Answer }

function assertNothingForeign(ground: Ground, { told, answer }: Told, caller: Caller): void {
  if (caller.may('organization:read', ground.world.second.organization)) return
  if (!ground.isForeign(answer)) return
  ground.faults.push(`${told} shows what is foreign: ${answer.text.slice(0, 200)}`)
}
