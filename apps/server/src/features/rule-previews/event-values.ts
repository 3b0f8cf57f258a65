import type { EventValues } from '@rosette/contract'
import { allKeyPathsOf, signalOf } from '@rosette/openedx-events'
import { type Db, inTransaction } from '../../db/database.js'
import type { Reach } from '../../db/reach.js'
import { AppError } from '../../http/app-error.js'
import { likeText } from '../../http/paging.js'
import type { RuleCatalogue } from '../templates/templates.js'
import { readQuickly, timeAmong, valuesAmong } from './recent-repository.js'

/** Events of the log that are looked through, the latest of any type. */
const scanned = 50_000

type Asked = {
  readonly eventType: string
  readonly keyPath: string
  readonly q?: string | undefined
  readonly limit: number
  /** Events that tell of badges elsewhere are left out, as they are in the log. */
  readonly reach: Reach
}

/** Values that rules may ask for, as far as recent events have them. */
export async function listEventValues(
  db: Db,
  catalogue: RuleCatalogue,
  { eventType, keyPath, q, limit, reach }: Asked,
): Promise<EventValues> {
  const signal = signalOf(eventType)
  if (signal === undefined || !catalogue.eventTypes(eventType)) {
    throw refused('eventType', `"${eventType}" is none that rules may name here.`)
  }
  const type = catalogue.fieldTypes(eventType, keyPath)
  if (type === undefined || type === 'list' || type === 'map') {
    throw refused('keyPath', `"${keyPath}" is no single value of ${eventType}.`)
  }
  const labelPath = labelOf(
    keyPath,
    allKeyPathsOf(signal).map((known) => known.path),
  )
  const path = (keys: string) => [signal.kwarg, ...keys.split('.')]
  return await inTransaction(db, async (tx) => {
    await readQuickly(tx)
    const from = await timeAmong(tx, scanned)
    const items = await valuesAmong(tx, scanned, {
      eventType,
      path: path(keyPath),
      labelPath: labelPath === undefined ? undefined : path(labelPath),
      pattern: q === undefined || q === '' ? undefined : `%${likeText(q)}%`,
      limit,
      reach,
    })
    return { items: [...items], from: from ?? null, isComplete: from === undefined }
  })
}

/** The name that stands beside a key, such as that of a course; rules need not be able to ask for it. */
function labelOf(keyPath: string, known: readonly string[]): string | undefined {
  const parent = keyPath.split('.').slice(0, -1)
  return ['display_name', 'name', 'title']
    .map((name) => [...parent, name].join('.'))
    .find((path) => path !== keyPath && known.includes(path))
}

function refused(path: string, reason: string): AppError {
  return new AppError('request-invalid', 'There are no values to be listed.', {
    faults: [{ path, reason }],
  })
}
