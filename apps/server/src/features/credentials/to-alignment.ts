import type { AlignmentInput } from '@rosette/open-badges'
import type { AlignmentJson } from '../../db/schema.js'
import { toIri } from '../../http/badge-text.js'

/** What a badge counts towards, in the words of Open Badges; nothing where the address is none. */
export function toAlignment(alignment: AlignmentJson): readonly AlignmentInput[] {
  const { name, url, code, description, framework, type } = alignment
  const targetUrl = toIri(url)
  if (targetUrl === undefined) return []
  return [
    {
      targetName: name,
      targetUrl,
      targetCode: code,
      targetDescription: description,
      targetFramework: framework,
      targetType: type,
    },
  ]
}
