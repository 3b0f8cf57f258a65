import { type Reader, readBlocks, readText } from './reader.js'

/** Reads one value and moves the reader past it. */
export type Read = (reader: Reader) => unknown

/** A reader of lists, from one of their items; `path` names the field in errors. */
export function readerOfList(readItem: Read, path: string): Read {
  return (reader) => {
    const items: unknown[] = []
    readBlocks(reader, path, () => items.push(readItem(reader)))
    return items
  }
}

/** A reader of maps, from one of their values; `path` names the field in errors. */
export function readerOfMap(readValue: Read, path: string): Read {
  return (reader) => {
    const entries: [string, unknown][] = []
    readBlocks(reader, path, () => entries.push([readText(reader, path), readValue(reader)]))
    // Unlike assignment, this keeps an entry named __proto__ an entry.
    return Object.fromEntries(entries)
  }
}
