import { type ParsedKey, type RefusedKey, refuse } from './key-kinds.js'
import { parseSections, type Sections, writeRevision } from './sections.js'

type CourseParts = {
  readonly org: string | null
  readonly course: string | null
  readonly run: string | null
  readonly branch: string | null
  readonly version_guid: string | null
}

/** `course-v1:ORG+COURSE+RUN[+branch@B][+version@HEX]`; a trailing block is dropped, as in Open edX. */
export function parseCourse(text: string): ParsedKey | RefusedKey {
  const sections = parseSections(text, { isCcx: false })
  return sections.ok ? toCourse(sections) : sections
}

/** `ccx-v1:ORG+COURSE+RUN[+branch@B][+version@HEX]+ccx@DIGITS`. */
export function parseCcx(text: string): ParsedKey | RefusedKey {
  const sections = parseSections(text, { isCcx: true })
  return sections.ok ? toCcx(sections) : sections
}

/** `library-v1:ORG+LIBRARY[+branch@B][+version@HEX]`. */
export function parseLibrary(text: string): ParsedKey | RefusedKey {
  const sections = parseSections(text, { isCcx: false })
  return sections.ok ? toLibrary(sections) : sections
}

/** The course run that the sections of a course or of one of its blocks name. */
export function toCourse(sections: Sections): ParsedKey | RefusedKey {
  const parts = toParts(sections)
  return parts.ok
    ? toKey('CourseLocator', `course-v1:${writeCourse(parts)}`, withoutOk(parts))
    : parts
}

/** The custom course that the sections of a CCX or of one of its blocks name. */
export function toCcx(sections: Sections): ParsedKey | RefusedKey {
  const parts = toParts(sections)
  if (!parts.ok) return parts
  const ccx = sections.named.get('ccx')
  if (ccx === undefined) return refuse('the "ccx@" part is missing')
  const canonical = `ccx-v1:${writeCourse(parts)}+ccx@${ccx}`
  return toKey('CCXLocator', canonical, { ...withoutOk(parts), ccx })
}

/** The version 1 library that the sections of a library or of one of its blocks name. */
export function toLibrary({ plain, named }: Sections): ParsedKey | RefusedKey {
  const version = named.get('version') ?? null
  const branch = named.get('branch') ?? null
  if (plain.length > 3) return refuse(`"${plain[3]}" is one part too many`)
  if (plain.length === 1) return refuse('the library is missing')
  // A third part is where a run would stand; Open edX reads over it.
  const [org = null, library = null] = plain
  if (org === null && version === null) return refuse('needs an org and a library, or a version')
  const written =
    org === null ? `version@${version}` : `${org}+${library}${writeRevision(branch, version)}`
  const parts = { org, library, branch, version_guid: version }
  return toKey('LibraryLocator', `library-v1:${written}`, parts)
}

const OLD_PART = /^[\p{L}\p{N}_.%-]+$/u

/** `ORG/COURSE/RUN`, the form before opaque keys; it keeps its slashes, and its run may be empty. */
export function parseOldCourse(text: string): ParsedKey | RefusedKey {
  const written = text.split('/')
  const [org = '', course = '', run = ''] = written
  if (written.length !== 3) return refuse('is neither "namespace:rest" nor "org/course/run"')
  const bad = [org, course].find((part) => !OLD_PART.test(part))
  if (bad !== undefined || !(run === '' || OLD_PART.test(run))) {
    return refuse(`"${bad ?? run}" is not allowed in an org/course/run key`)
  }
  const parts = { org, course, run, branch: null, version_guid: null }
  return { ok: true, kind: 'CourseLocator', canonical: text, parts, deprecated: true }
}

type Parts = CourseParts & { readonly ok: true }

function toParts({ plain, named }: Sections): Parts | RefusedKey {
  const version_guid = named.get('version') ?? null
  const [org = null, course = null, run = null, extra] = plain
  if (extra !== undefined) return refuse(`"${extra}" is one part too many`)
  if (org !== null && course === null) return refuse('the course is missing')
  if (run === null && version_guid === null) return refuse('the run is missing')
  return { ok: true, org, course, run, branch: named.get('branch') ?? null, version_guid }
}

const withoutOk = ({ org, course, run, branch, version_guid }: CourseParts): CourseParts => ({
  org,
  course,
  run,
  branch,
  version_guid,
})

// Without a run only the version identifies the course, so nothing else is written.
function writeCourse({ org, course, run, branch, version_guid }: CourseParts): string {
  return run === null
    ? `version@${version_guid}`
    : `${org}+${course}+${run}${writeRevision(branch, version_guid)}`
}

function toKey(kind: string, canonical: string, parts: ParsedKey['parts']): ParsedKey {
  return { ok: true, kind, canonical, parts, deprecated: false }
}
