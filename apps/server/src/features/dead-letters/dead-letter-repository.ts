import type { Tx } from '../../db/database.js'
import type { RefusedEntry } from '../events/events.js'

/** Parks entries that could not be used. An entry that is delivered again is parked once. */
export async function parkEntries(
  tx: Tx,
  consumerGroup: string,
  refused: readonly RefusedEntry[],
): Promise<void> {
  if (refused.length === 0) return
  const rows = refused.map(({ entry, reason, detail, eventType, eventId }) => ({
    topic: entry.topic,
    consumer_group: consumerGroup,
    position: entry.position,
    event_type: storable(eventType),
    event_id: storable(eventId),
    headers: storable(JSON.stringify(entry.headers)) ?? '{}',
    value: entry.value,
    reason,
    detail: storable(detail) ?? '',
  }))
  await tx
    .insertInto('dead_letter')
    .values(rows)
    .onConflict((oc) => oc.columns(['topic', 'consumer_group', 'position']).doNothing())
    .execute()
}

// PostgreSQL keeps no NUL character in text, and garbage may hold one, plain or escaped in JSON.
function storable(text: string | null): string | null {
  return text === null ? null : text.replaceAll('\u0000', '\ufffd').replaceAll('\\u0000', '\ufffd')
}
