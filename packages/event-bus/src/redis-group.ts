import type { Redis } from 'ioredis'

/** A consumer's place on a stream. */
export type GroupPlace = {
  readonly key: string
  readonly consumerGroup: string
  readonly consumerName: string
}

/** Where a consumer wants to begin; null is "where the group stands". */
export type StartPosition = {
  readonly lastReadMessageId: string | null
  readonly checkBacklog: boolean | null
}

/** Makes the stream and the group where absent; a new group begins at the start of the stream. */
export async function ensureGroup(redis: Redis, place: GroupPlace): Promise<void> {
  try {
    await redis.xgroup('CREATE', place.key, place.consumerGroup, '0-0', 'MKSTREAM')
  } catch (error) {
    if (!startsWith(error, 'BUSYGROUP')) throw error
  }
}

/** Moves the group as the operator asked; by default it stays where it is. */
export async function moveToStart(
  redis: Redis,
  { key, consumerGroup }: GroupPlace,
  { lastReadMessageId, checkBacklog }: StartPosition,
): Promise<void> {
  const position = lastReadMessageId ?? (checkBacklog === false ? '$' : null)
  if (position !== null) await redis.xgroup('SETID', key, consumerGroup, position)
}

/** Whether Redis says that the stream or the group no longer exists. */
export function isGroupGone(error: unknown): boolean {
  return startsWith(error, 'NOGROUP') || startsWith(error, 'UNBLOCKED')
}

function startsWith(error: unknown, code: string): boolean {
  return error instanceof Error && error.message.startsWith(code)
}
