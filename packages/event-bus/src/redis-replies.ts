import type { RawEntry } from './envelope.js'

/** An entry as Redis answers it; `fields` is null when it was trimmed away while pending. */
export type StreamEntry = { readonly id: string; readonly fields: readonly Buffer[] | null }

/** A page of XAUTOCLAIM: what was claimed, what no longer exists, where to go on. */
export type ClaimedPage = {
  readonly next: string
  readonly entries: readonly StreamEntry[]
  readonly deleted: readonly string[]
}

type EntryReply = [id: Buffer, fields: Buffer[] | null] | null

/** Reads the answer of XREADGROUP on one stream; null is "nothing came". */
export function parseReadReply(reply: unknown): StreamEntry[] {
  const streams = reply as [key: Buffer, entries: EntryReply[]][] | null
  return streams?.[0] === undefined ? [] : parseEntries(streams[0][1])
}

/** Reads the answer of XAUTOCLAIM; servers before 7.0 do not name what was deleted. */
export function parseClaimReply(reply: unknown): ClaimedPage {
  const [next, entries, deleted = []] = reply as [Buffer, EntryReply[], Buffer[]?]
  return { next: String(next), entries: parseEntries(entries), deleted: deleted.map(String) }
}

/** Reads one group out of the answer of XINFO GROUPS. */
export function parseGroupInfo(reply: unknown, group: string): Record<string, unknown> | null {
  const groups = (reply as unknown[][]).map(toRecord)
  return groups.find((info) => info['name'] === group) ?? null
}

/** Reads the answer of XINFO about one thing. */
export function parseInfo(reply: unknown): Record<string, unknown> {
  return toRecord(reply as unknown[])
}

/** Reads the answer of XINFO about several. */
export function parseInfoList(reply: unknown): Record<string, unknown>[] {
  return (reply as unknown[][]).map(toRecord)
}

function parseEntries(entries: EntryReply[]): StreamEntry[] {
  return entries.flatMap((entry) =>
    entry === null ? [] : [{ id: entry[0].toString('latin1'), fields: entry[1] }],
  )
}

function toRecord(pairs: unknown[]): Record<string, unknown> {
  const record: Record<string, unknown> = {}
  for (let at = 0; at + 1 < pairs.length; at += 2) record[String(pairs[at])] = pairs[at + 1]
  return record
}

/** Turns fields into headers and payload; without an `event_data` field the payload is null. */
export function toRawEntry(topic: string, { id, fields }: StreamEntry): RawEntry {
  const headers: Record<string, string> = Object.create(null)
  let value: Buffer | null = null
  for (let at = 0; at + 1 < (fields?.length ?? 0); at += 2) {
    const name = String(fields?.[at])
    const content = fields?.[at + 1] ?? null
    if (name === 'event_data') value = content
    else headers[name] = String(content)
  }
  return { topic, position: id, headers, value }
}
