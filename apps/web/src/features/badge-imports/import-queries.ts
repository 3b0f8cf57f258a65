import { answer, api, type Schema } from '../../lib/api.js'
import { upload } from '../../lib/backpack.js'

export type ImportResult = Schema<'BackpackImportResult'>
export type ArchiveResult = Schema<'BackpackArchiveResult'>

/** Something that somebody gave: a file, an address, or the text of a badge. */
export type Given = { readonly name: string; readonly content: File | string }

const archives = /\.zip$/i

/** Takes one thing in. An archive has many badges in it, all else one. */
export async function takeIn({ content }: Given): Promise<readonly ImportResult[]> {
  if (typeof content === 'string') {
    return [await answer(api.POST('/api/v1/backpack/imports', { body: { badge: content } }))]
  }
  if (archives.test(content.name)) {
    return parseArchive(await upload('/api/v1/backpack/archive', content)).items
  }
  return [parseResult(await upload('/api/v1/backpack/imports', content))]
}

function parseResult(body: unknown): ImportResult {
  return body as ImportResult
}

function parseArchive(body: unknown): ArchiveResult {
  return body as ArchiveResult
}
