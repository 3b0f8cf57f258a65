/** What `consume-events --extra` may say about a Redis consumer; null is "not given". */
export type ConsumerExtra = {
  readonly consumerName: string
  readonly lastReadMessageId: string | null
  readonly checkBacklog: boolean | null
  readonly claimOlderThanMs: number | null
}

/** The `--extra` of a command cannot be used; the message lists every fault. */
export class ConsumerExtraError extends Error {
  override readonly name = 'ConsumerExtraError'
}

type Check = { readonly accepts: (value: unknown) => boolean; readonly wants: string }

const checks: Readonly<Record<string, Check>> = {
  consumer_name: {
    accepts: (value) => typeof value === 'string' && value !== '',
    wants: 'must be given as a non-empty text',
  },
  last_read_msg_id: {
    accepts: (value) => value === null || isEntryId(value),
    wants: 'must be a Redis entry id such as "1684306727000-0", or null',
  },
  check_backlog: {
    accepts: (value) => value === null || typeof value === 'boolean',
    wants: 'must be true or false',
  },
  claim_msgs_older_than: {
    accepts: (value) => value === null || (Number.isSafeInteger(value) && Number(value) >= 0),
    wants: 'must be a whole number of milliseconds, or null',
  },
}

/** Reads the JSON of `--extra`; refuses unknown keys and wrong types, all of them at once. */
export function parseConsumerExtra(json: string): ConsumerExtra {
  const extra = parseObject(json)
  const faults = [...unknownKeys(extra), ...wrongValues(extra)]
  if (faults.length > 0) throw new ConsumerExtraError(`--extra: ${faults.join('; ')}`)
  return {
    consumerName: extra['consumer_name'] as string,
    lastReadMessageId: (extra['last_read_msg_id'] ?? null) as string | null,
    checkBacklog: (extra['check_backlog'] ?? null) as boolean | null,
    claimOlderThanMs: (extra['claim_msgs_older_than'] ?? null) as number | null,
  }
}

function parseObject(json: string): Record<string, unknown> {
  let value: unknown
  try {
    value = JSON.parse(json)
  } catch (error) {
    throw new ConsumerExtraError('--extra: not JSON', { cause: error })
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new ConsumerExtraError('--extra: must be a JSON object')
  }
  return value as Record<string, unknown>
}

function unknownKeys(extra: Record<string, unknown>): string[] {
  const known = Object.keys(checks)
  return Object.keys(extra)
    .filter((key) => !known.includes(key))
    .map((key) => `unknown key "${key}" (known: ${known.join(', ')})`)
}

function wrongValues(extra: Record<string, unknown>): string[] {
  return Object.entries(checks)
    .filter(([key, { accepts }]) => !accepts(extra[key] ?? null))
    .map(([key, { wants }]) => `${key} ${wants}`)
}

function isEntryId(value: unknown): boolean {
  return typeof value === 'string' && /^(\d+(-\d+)?|\$)$/.test(value)
}
