import type { Caller } from './permission-callers.js'
import type { Request } from './permission-request.js'
import type { Answer, PermissionWorld } from './permission-world.js'
import type { Known } from './route-example.js'

/** Where a walk takes place: what there is, what was found wrong, and how much was asked. */
export function createGround(world: PermissionWorld) {
  const faults: string[] = []
  const ours: Known = { ...world.first, ...world.installation }
  const theirs: Known = { ...world.second, ...world.installation }
  const theirMarks = ['Boreal', ...Object.values(world.second)]
  const counts = { requests: 0, foreignReferences: 0, narrowed: 0 }

  async function ask(request: Request, caller: Caller): Promise<Answer> {
    counts.requests += 1
    const headers = { ...request.headers, ...(await caller.headers()) }
    const answer = await world.send({ ...request.options, headers })
    if (answer.status === 500) faults.push(`${request.key} for ${caller.name} answers 500.`)
    return answer
  }

  return {
    world,
    ours,
    theirs,
    theirMarks,
    faults,
    counts,
    /** What lists hold for administrators. */
    wholes: new Map<string, Answer>(),
    ask,
    isForeign: ({ text }: Answer) => theirMarks.some((mark) => text.includes(mark)),
  }
}

export type Ground = ReturnType<typeof createGround>
