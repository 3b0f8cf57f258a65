import { parseCcx, parseCourse, parseLibrary, parseOldCourse } from './course-keys.js'
import { type KeyKind, type ParsedKey, type RefusedKey, refuse } from './key-kinds.js'
import {
  parseCollection,
  parseContainer,
  parseLibraryBlockV2,
  parseLibraryV2,
} from './library-keys.js'
import { parseBlock, parseCcxBlock, parseLibraryBlock, parseOldBlock } from './usage-keys.js'

type Parser = (rest: string) => ParsedKey | RefusedKey

// A custom course and a version 1 library are course keys too; a version 2 library is not.
const namespaces: Readonly<Record<KeyKind, ReadonlyMap<string, Parser>>> = {
  CourseKey: new Map([
    ['course-v1', parseCourse],
    ['slashes', parseCourse],
    ['ccx-v1', parseCcx],
    ['library-v1', parseLibrary],
  ]),
  CCXLocator: new Map([['ccx-v1', parseCcx]]),
  UsageKey: new Map([
    ['block-v1', parseBlock],
    ['ccx-block-v1', parseCcxBlock],
    ['lib-block-v1', parseLibraryBlock],
    ['lb', parseLibraryBlockV2],
    ['i4x', parseOldBlock],
  ]),
  LibraryLocatorV2: new Map([['lib', parseLibraryV2]]),
  LibraryUsageLocatorV2: new Map([['lb', parseLibraryBlockV2]]),
  LibraryCollectionLocator: new Map([['lib-collection', parseCollection]]),
  LibraryContainerLocator: new Map([['lct', parseContainer]]),
}

/**
 * Reads an Open edX key. `parseKey('CourseKey', 'slashes:a+b+c')` has the canonical text
 * `course-v1:a+b+c`; a text that is no key of the kind gives the reason instead.
 */
export function parseKey(kind: KeyKind, text: string): ParsedKey | RefusedKey {
  const colon = text.indexOf(':')
  const parser = colon === -1 ? undefined : namespaces[kind].get(text.slice(0, colon))
  if (parser !== undefined) return parser(text.slice(colon + 1))
  if (kind === 'CourseKey') return parseOldCourse(text)
  const known = [...namespaces[kind].keys()].join(', ')
  return refuse(`does not start with a namespace of ${kind} (${known})`)
}
