import type { FastifyRequest } from 'fastify'
import type { Db } from '../../db/database.js'
import { log } from '../../telemetry/log.js'
import { messageOf } from '../../telemetry/message-of.js'
import { isForSomebody } from './is-person.js'
import { addCounts, type Counted, type Kind } from './page-count-repository.js'

type Deps = {
  readonly db: Db
  readonly now: () => Date
  /** How long counts wait in memory for each other. */
  readonly flushMs?: number
}

/** As many different pages are kept in memory at most; what comes on top is not counted. */
const mostKept = 50_000
const inOneStatement = 2000

/**
 * Counts how often public pages are used: a number in memory for each, written in batches every few
 * seconds and when the server stops. No page waits for it, and nothing about anybody is kept. A
 * process that is killed takes along what it counted in the last seconds, and no more.
 */
export function createPageCounts({ db, now, flushMs = 3000 }: Deps) {
  let waiting = new Map<string, Counted>()
  let timer: NodeJS.Timeout | undefined
  let writing: Promise<void> = Promise.resolve()

  function add(entry: Counted): void {
    const key = `${entry.kind} ${entry.day} ${entry.id}`
    const known = waiting.get(key)
    if (known === undefined && waiting.size >= mostKept) return
    waiting.set(key, known === undefined ? entry : { ...known, count: known.count + entry.count })
    timer ??= setTimeout(() => void flush(), flushMs).unref()
  }

  function count(kind: Kind, id: string): void {
    add({ kind, id, day: now().toISOString().slice(0, 10), count: 1 })
  }

  /** Writes what waits; one batch after the other, so that all of it is stored when this returns. */
  function flush(): Promise<void> {
    clearTimeout(timer)
    timer = undefined
    writing = writing.then(write)
    return writing
  }

  async function write(): Promise<void> {
    const batch = [...waiting.values()]
    waiting = new Map()
    for (let start = 0; start < batch.length; start += inOneStatement) {
      const part = batch.slice(start, start + inOneStatement)
      try {
        await addCounts(db, part)
      } catch (error) {
        log.warn({ reason: messageOf(error) }, 'counts of public pages wait for the database')
        for (const entry of part) add(entry)
      }
    }
  }

  return {
    /** A page that was shown, or a file that was taken; robots and fetching ahead do not count. */
    seen: (request: FastifyRequest, kind: Kind, id: string) => {
      if (isForSomebody(request)) count(kind, id)
    },
    /** Something that was done with an award, whoever asked for it. */
    done: count,
    flush,
  }
}

export type PageCounts = ReturnType<typeof createPageCounts>
