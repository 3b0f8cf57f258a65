/** What was dropped or pasted, as one list of templates in the file format. */
export type ReadFiles =
  | { readonly isFine: true; readonly templates: readonly GivenTemplate[] }
  | { readonly isFine: false; readonly name: string; readonly reason: string }

/** Whether it is one, the server finds out. */
export type GivenTemplate = { id: string; name?: string }
export type NamedText = { readonly name: string; readonly text: string }

/** Joins several files, each with one template or a list of them. */
export function parseFiles(files: readonly NamedText[]): ReadFiles {
  const templates: GivenTemplate[] = []
  for (const { name, text } of files) {
    try {
      const read = JSON.parse(text) as GivenTemplate | GivenTemplate[]
      templates.push(...[read].flat())
    } catch (error) {
      return { isFine: false, name, reason: error instanceof Error ? error.message : '' }
    }
  }
  return { isFine: true, templates }
}

/** The names that a list of templates says, as far as it says any. */
export function namesIn(templates: readonly unknown[]): readonly string[] {
  return templates.flatMap((template) => {
    if (typeof template !== 'object' || template === null) return []
    const { name, id } = { name: undefined, id: undefined, ...template }
    const told: unknown = name ?? id
    return typeof told === 'string' ? [told] : []
  })
}
