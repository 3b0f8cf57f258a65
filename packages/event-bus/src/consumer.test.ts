import { describe, expect, it } from 'vitest'
import { runConsumer } from './consumer.js'
import type { ConsumerOptions } from './consumer-options.js'
import type { EventSource, RawEntry } from './envelope.js'
import { condition } from './testing.features.js'

const outage = new Error('the database is down')

const anEntry = (name: string): RawEntry => ({
  topic: 'learning',
  position: name,
  headers: {},
  value: Buffer.from(name),
})

const names = (entries: readonly RawEntry[]) => entries.map(({ position }) => position)

/** A source that gives these batches one by one and then waits until it is closed. */
function aSource(...batches: string[][]) {
  const acknowledged: string[] = []
  const released: string[] = []
  const left = batches.map((batch) => batch.map(anEntry))
  let reads = 0
  let interrupt = () => {}
  const closed = new Promise<readonly RawEntry[]>((resolve) => {
    interrupt = () => resolve([])
  })
  const source: EventSource = {
    async open() {},
    read() {
      reads += 1
      const batch = left.shift()
      return batch === undefined ? closed : Promise.resolve(batch)
    },
    async acknowledge(entries) {
      acknowledged.push(...names(entries))
    },
    release: (entries) => void released.push(...names(entries)),
    lag: async () => ({ pending: 0, behind: null }),
    close: async () => interrupt(),
  }
  return { source, acknowledged, released, reads: () => reads }
}

/** Runs a consumer whose waits take no time, and records what it does. */
function running(source: EventSource, options: Partial<ConsumerOptions> = {}) {
  const stop = new AbortController()
  const handled: string[][] = []
  const parked: [string, string][] = []
  const waits: number[] = []
  const happenings: string[] = []
  const done = runConsumer({
    source,
    handle: async (batch) => void handled.push(names(batch)),
    park: async (entry, reason) => void parked.push([entry.position, reason.message]),
    isOutage: (error) => error === outage,
    stop: stop.signal,
    wait: async (ms) => void waits.push(ms),
    random: () => 1,
    report: ({ kind }) => happenings.push(kind),
    ...options,
  })
  const finish = async () => {
    stop.abort()
    await done
  }
  return { stop, handled, parked, waits, happenings, done, finish }
}

const until = (isTrue: () => boolean) => condition(async () => isTrue() || null)

function failing(times: number, error: Error) {
  let left = times
  return () => {
    left -= 1
    if (left >= 0) throw error
  }
}

describe('the consumer loop', () => {
  it('handles batches in order and acknowledges each', async () => {
    const { source, acknowledged } = aSource(['a', 'b'], ['c'], ['d'])
    const { handled, finish } = running(source)
    await until(() => acknowledged.length === 4)
    await finish()
    expect(handled).toEqual([['a', 'b'], ['c'], ['d']])
    expect(acknowledged).toEqual(['a', 'b', 'c', 'd'])
  })

  it('acknowledges nothing before the batch is committed', async () => {
    const { source, acknowledged } = aSource(['a'])
    let commit = () => {}
    let begun = false
    const handle = () => {
      begun = true
      return new Promise<void>((resolve) => {
        commit = resolve
      })
    }
    const { finish } = running(source, { handle })
    await until(() => begun)
    expect(acknowledged).toEqual([])
    commit()
    await until(() => acknowledged.length === 1)
    await finish()
  })

  it('reads exactly one batch ahead of the one being handled', async () => {
    const { source, reads } = aSource(['a'], ['b'], ['c'], ['d'])
    const readsSeen: number[] = []
    const { handled, finish } = running(source, {
      async handle() {
        await condition(async () => true)
        readsSeen.push(reads())
      },
    })
    await until(() => readsSeen.length === 4)
    await finish()
    expect(handled).toEqual([])
    expect(readsSeen).toEqual([2, 3, 4, 5])
  })

  it('hands over at most the largest batch asked for', async () => {
    const { source, acknowledged } = aSource(['a', 'b', 'c', 'd', 'e'])
    const { handled, finish } = running(source, { maxBatch: 2 })
    await until(() => acknowledged.length === 5)
    await finish()
    expect(handled).toEqual([['a', 'b'], ['c', 'd'], ['e']])
  })

  it('waits out an outage with growing delays and the same batch', async () => {
    const { source, acknowledged } = aSource(['a', 'b'])
    const fail = failing(10, outage)
    const tried: string[][] = []
    const handle = async (batch: readonly RawEntry[]) => {
      tried.push(names(batch))
      expect(acknowledged).toEqual([])
      fail()
    }
    const { waits, happenings, finish } = running(source, { handle })
    await until(() => acknowledged.length === 2)
    await finish()
    expect(tried).toEqual(Array.from({ length: 11 }, () => ['a', 'b']))
    expect(waits).toEqual([100, 200, 400, 800, 1600, 3200, 6400, 10_000, 10_000, 10_000])
    expect(happenings).toEqual(Array.from({ length: 10 }, () => 'handle-retried'))
  })

  it('spreads its delays so that consumers do not return in step', async () => {
    const { source, acknowledged } = aSource(['a'])
    const fail = failing(2, outage)
    const { waits, finish } = running(source, { handle: async () => fail(), random: () => 0 })
    await until(() => acknowledged.length === 1)
    await finish()
    expect(waits).toEqual([50, 100])
  })

  it('parks the entries that cannot be handled and commits all others', async () => {
    const all = Array.from({ length: 100 }, (_, at) => `e${at}`)
    const { source, acknowledged } = aSource(all)
    const committed: string[] = []
    const handle = async (batch: readonly RawEntry[]) => {
      const bad = names(batch).find((name) => name === 'e13' || name === 'e77')
      if (bad !== undefined) throw new Error(`cannot handle ${bad}`)
      committed.push(...names(batch))
    }
    const { parked, finish } = running(source, { handle })
    await until(() => acknowledged.length === 100)
    await finish()
    expect(committed).toEqual(all.filter((name) => name !== 'e13' && name !== 'e77'))
    expect(parked).toEqual([
      ['e13', 'cannot handle e13'],
      ['e77', 'cannot handle e77'],
    ])
    expect(acknowledged).toEqual(all)
  })

  it('does not take an outage in the middle of a split for poison', async () => {
    const { source, acknowledged } = aSource(['a', 'bad', 'c'])
    const fail = failing(3, outage)
    const handle = async (batch: readonly RawEntry[]) => {
      if (names(batch).includes('bad')) throw new Error('poison')
      fail()
    }
    const { parked, finish } = running(source, { handle })
    await until(() => acknowledged.length === 3)
    await finish()
    expect(parked).toEqual([['bad', 'poison']])
  })

  it('waits out an outage while parking', async () => {
    const { source, acknowledged } = aSource(['bad'])
    const fail = failing(2, outage)
    const { happenings, finish } = running(source, {
      handle: () => Promise.reject(new Error('poison')),
      park: async () => fail(),
    })
    await until(() => acknowledged.length === 1)
    await finish()
    expect(happenings).toEqual(['park-retried', 'park-retried', 'entry-parked'])
  })

  it('gives an entry back that can be neither handled nor parked, and goes on', async () => {
    const { source, acknowledged, released } = aSource(['bad', 'good'])
    const { happenings, finish } = running(source, {
      async handle(batch) {
        if (names(batch).includes('bad')) throw new Error('poison')
      },
      park: () => Promise.reject(new Error('no')),
    })
    await until(() => acknowledged.length === 1)
    await finish()
    expect({ acknowledged, released }).toEqual({ acknowledged: ['good'], released: ['bad'] })
    expect(happenings).toEqual(['batch-split', 'park-failed'])
  })

  it('goes on when the transport comes back', async () => {
    const { source, acknowledged } = aSource(['a'])
    const [failOpen, failRead] = [failing(2, new Error('down')), failing(3, new Error('down'))]
    const flaky: EventSource = {
      ...source,
      async open() {
        failOpen()
      },
      async read() {
        failRead()
        return await source.read()
      },
    }
    const { waits, happenings, finish } = running(flaky)
    await until(() => acknowledged.length === 1)
    await finish()
    expect(happenings).toEqual([
      'open-failed',
      'open-failed',
      'read-failed',
      'read-failed',
      'read-failed',
    ])
    expect(waits).toEqual([100, 200, 100, 200, 400])
  })

  it('acknowledges later what it could not acknowledge at once', async () => {
    const { source, acknowledged } = aSource(['a'], ['b'])
    const fail = failing(3, new Error('down'))
    const flaky: EventSource = {
      ...source,
      async acknowledge(entries) {
        fail()
        await source.acknowledge(entries)
      },
    }
    const { handled, happenings, finish } = running(flaky)
    await until(() => acknowledged.length === 2)
    await finish()
    expect(handled).toEqual([['a'], ['b']])
    expect(acknowledged).toEqual(['a', 'b'])
    expect(happenings).toEqual(Array.from({ length: 3 }, () => 'acknowledge-failed'))
  })

  it('finishes and acknowledges the batch in hand when stopped, and begins no other', async () => {
    const { source, acknowledged } = aSource(['a', 'b'], ['c'])
    const handled: string[][] = []
    let stop = () => {}
    const run = running(source, {
      async handle(batch) {
        stop()
        await condition(async () => true)
        handled.push(names(batch))
      },
    })
    stop = () => run.stop.abort()
    await run.done
    expect({ handled, acknowledged }).toEqual({
      handled: [['a', 'b']],
      acknowledged: ['a', 'b'],
    })
  })

  it('stops in the middle of an outage and leaves the batch unacknowledged', async () => {
    const { source, acknowledged } = aSource(['a'], ['b'])
    const run = running(source, {
      handle: () => Promise.reject(outage),
      wait: async () => run.stop.abort(),
    })
    await run.done
    expect(acknowledged).toEqual([])
  })

  it('stops although the transport is away', async () => {
    const { source } = aSource(['a'])
    const away: EventSource = { ...source, acknowledge: () => Promise.reject(new Error('down')) }
    const run = running(away, { wait: async () => run.stop.abort() })
    await run.done
    expect(run.happenings).toEqual(['acknowledge-failed'])
  })

  it('stops while it still tries to connect', async () => {
    const { source } = aSource()
    const away: EventSource = { ...source, open: () => new Promise(() => {}) }
    const { handled, finish } = running(away)
    await finish()
    expect(handled).toEqual([])
  })

  it('stops while it waits for something to read', async () => {
    const { source } = aSource()
    const { happenings, finish } = running(source)
    await finish()
    expect(happenings).toEqual([])
  })
})
