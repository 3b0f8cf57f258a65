/** The classes that an event's attribute may be declared as; each accepts one or more written forms. */
export const keyKinds = [
  'CourseKey',
  'CCXLocator',
  'UsageKey',
  'LibraryLocatorV2',
  'LibraryUsageLocatorV2',
  'LibraryCollectionLocator',
  'LibraryContainerLocator',
] as const

/** The declared class of a key, for example `CourseKey`. */
export type KeyKind = (typeof keyKinds)[number]

/** A part of a key: text, null where it is left out, or the course of an old block, which has no run. */
export type KeyPart = string | null | Readonly<Record<string, string | null>>

/** What a written key is: its own class, its canonical text and its parts, named as in Open edX. */
export type ParsedKey = {
  readonly ok: true
  readonly kind: string
  readonly canonical: string
  readonly parts: Readonly<Record<string, KeyPart>>
  /** Whether it is one of the old forms with slashes. */
  readonly deprecated: boolean
}

/** Why a text is no key of the kind. */
export type RefusedKey = { readonly ok: false; readonly reason: string }

/** Whether the text names a kind of key. */
export function isKeyKind(text: string): text is KeyKind {
  return keyKinds.some((kind) => kind === text)
}

/** The answer for a text that is no key. */
export const refuse = (reason: string): RefusedKey => ({ ok: false, reason })
