import { toCcx, toCourse, toLibrary } from './course-keys.js'
import { type ParsedKey, type RefusedKey, refuse } from './key-kinds.js'
import { parseSections, type Sections } from './sections.js'

/** `block-v1:ORG+COURSE+RUN[+branch@B][+version@HEX]+type@TYPE+block@ID`. */
export function parseBlock(text: string): ParsedKey | RefusedKey {
  const sections = parseSections(text, { isCcx: false })
  if (!sections.ok) return sections
  return toBlock('BlockUsageLocator', toCourse(sections), sections)
}

/** `ccx-block-v1:...+ccx@DIGITS+type@TYPE+block@ID`. */
export function parseCcxBlock(text: string): ParsedKey | RefusedKey {
  const sections = parseSections(text, { isCcx: true })
  if (!sections.ok) return sections
  return toBlock('CCXBlockUsageLocator', toCcx(sections), sections)
}

/** `lib-block-v1:ORG+LIBRARY+type@TYPE+block@ID`; unlike a course block it must name its type. */
export function parseLibraryBlock(text: string): ParsedKey | RefusedKey {
  const sections = parseSections(text, { isCcx: false })
  if (!sections.ok) return sections
  if (!sections.named.has('type')) return refuse('the "type@" part is missing')
  return toBlock('LibraryUsageLocator', toLibrary(sections), sections)
}

const OLD_BLOCK = new RegExp(
  [
    '^//(?<org>[OLD]+)/(?<course>[OLD]+)',
    '/(?<type>[OLD:~]+)/(?<name>[OLD:~]+)(?:@(?<revision>[OLD:~]+))?$',
  ]
    .join('')
    .replaceAll('OLD', '\\p{L}\\p{N}_.%\\-'),
  'u',
)

/** `i4x://ORG/COURSE/TYPE/NAME[@REVISION]`, the form before opaque keys; its course has no run. */
export function parseOldBlock(text: string): ParsedKey | RefusedKey {
  const found = OLD_BLOCK.exec(text)?.groups
  if (found === undefined) return refuse('is not i4x://org/course/type/name[@revision]')
  const { org = null, course = null, type = null, name = null, revision = null } = found
  const courseParts = { org, course, run: null, branch: revision, version_guid: null }
  return {
    ok: true,
    kind: 'BlockUsageLocator',
    canonical: `i4x:${text}`,
    parts: { course_key: courseParts, block_type: type, block_id: name },
    deprecated: true,
  }
}

function toBlock(
  kind: string,
  parent: ParsedKey | RefusedKey,
  { named }: Sections,
): ParsedKey | RefusedKey {
  if (!parent.ok) return parent
  const id = named.get('block')
  if (id === undefined) return refuse('the "block@" part is missing')
  const type = named.get('type') ?? null
  const parentName = kind === 'LibraryUsageLocator' ? 'library_key' : 'course_key'
  return {
    ok: true,
    kind,
    // Open edX writes a block without a type with Python's word for nothing.
    canonical: `${toBlockNamespace(parent.canonical)}+type@${type ?? 'None'}+block@${id}`,
    parts: { [parentName]: parent.canonical, block_type: type, block_id: id },
    deprecated: false,
  }
}

const blockNamespaces = { course: 'block', ccx: 'ccx-block', library: 'lib-block' } as const

function toBlockNamespace(parent: string): string {
  return parent.replace(
    /^(course|ccx|library)(?=-v1:)/,
    (_, name: keyof typeof blockNamespaces) => blockNamespaces[name],
  )
}
