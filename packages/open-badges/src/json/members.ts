/** An object without its absent members: Open Badges JSON has no null and no empty arrays. */
export function present<Members extends object>(members: Members): Present<Members>
export function present(members: object): object {
  const entries = Object.entries(members)
  // Assigning is three times as fast, and something else for this one name.
  if (Object.hasOwn(members, '__proto__')) {
    return Object.fromEntries(entries.filter(([, value]) => !isAbsent(value)))
  }
  const kept: Record<string, unknown> = {}
  for (const [name, value] of entries) if (!isAbsent(value)) kept[name] = value
  return kept
}

/** The same members, those that may be undefined now being optional. */
export type Present<Members> = {
  readonly [Name in keyof Members as undefined extends Members[Name] ? never : Name]: Members[Name]
} & {
  readonly [Name in keyof Members as undefined extends Members[Name] ? Name : never]?: Exclude<
    Members[Name],
    undefined
  >
}

function isAbsent(value: unknown): boolean {
  return value === undefined || (Array.isArray(value) && value.length === 0)
}
