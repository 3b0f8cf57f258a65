import type { Caller } from './permission-callers.js'
import type { Ground } from './permission-ground.js'
import { type Guarded, masked, missingThings, toRequest } from './permission-request.js'
import { kindsOfThings } from './permission-things.js'
import type { Example, Known } from './route-example.js'

/**
 * Puts a thing of the other organization in each place of a request that names one's own: it has to be
 * answered like one that does not exist, show nothing, and leave everything there as it was.
 */
export async function tryForeign(ground: Ground, route: Guarded, caller: Caller): Promise<void> {
  const { variants = [] } = route.example
  for (const example of [route.example, ...variants]) {
    for (const kind of kindsNamedIn(example, ground.ours)) {
      ground.counts.foreignReferences += 1
      await tryKind(ground, { key: route.key, example, kind }, caller)
    }
  }
}

type Place = {
  readonly key: string
  readonly example: Example
  readonly kind: (typeof kindsOfThings)[number]
}

async function tryKind(ground: Ground, { key, example, kind }: Place, caller: Caller) {
  const { faults, ours, theirs } = ground
  const foreign = { ...ours, [kind]: theirs[kind] }
  const mayChange = !key.startsWith('GET ')
  const before = mayChange ? await foreignRows(ground) : undefined
  const answer = await ground.ask(toRequest(key, example, foreign), caller)
  const told = `${key}: a foreign ${kind}`
  if (before !== undefined && !isUntouched(before, await foreignRows(ground), example))
    faults.push(`${told} is changed.`)
  if (/Boreal/.test(answer.text)) faults.push(`${told} is shown: ${answer.text.slice(0, 200)}`)
  const missing = { ...ours, [kind]: missingThings[kind] }
  const other = await ground.ask(toRequest(key, example, missing), caller)
  if (masked(other, missing) === masked(answer, foreign)) return
  const texts = [answer, other].map(({ status, text }) => `${status} ${text.slice(0, 300)}`)
  faults.push(`${told} is told from a missing one: ${texts.join(' | ')}`)
}

function kindsNamedIn(example: Example, of: Known) {
  const named = new Set<string>()
  const spy = new Proxy(of, {
    get: (target, kind) => {
      named.add(String(kind))
      return Reflect.get(target, kind)
    },
  })
  for (const part of [example.params, example.query, example.body]) part?.(spy)
  return kindsOfThings.filter((kind) => named.has(kind))
}

/** All rows that speak of the other organization, as text. */
async function foreignRows({ world, theirMarks }: Ground): Promise<ReadonlySet<string>> {
  const { rows: tables } = await world.pool.query<{ name: string }>(
    `select relname as name from pg_class where relkind in ('r', 'p') and not relispartition
     and relnamespace = 'public'::regnamespace and relname not in ('audit_log', 'session')`,
  )
  // In one question: there are two for each reference, and some sixty tables.
  const each = tables.map(
    ({ name }) => `select '${name}: ' || t::text as row from ${name} t where t::text ~ $1`,
  )
  const { rows } = await world.pool.query<{ row: string }>(each.join(' union all '), [
    theirMarks.join('|'),
  ])
  return new Set(rows.map(({ row }) => row))
}

// One's own rules may name what is foreign; else a new row that names it would be a way in.
function isUntouched(
  before: ReadonlySet<string>,
  after: ReadonlySet<string>,
  { mayNameForeign }: Example,
): boolean {
  const isKept = [...before].every((row) => after.has(row))
  return isKept && (mayNameForeign === true || after.size === before.size)
}
