import { setImmediate as nextTurn } from 'node:timers/promises'
import { Unzip, type UnzipFile, UnzipInflate, UnzipPassThrough } from 'fflate'
import { AppError } from '../../http/app-error.js'

/** What a file in an archive may be; far beyond what any backpack holds. */
const limits = {
  files: 2000,
  fileBytes: 8 * 1024 * 1024,
  allBytes: 128 * 1024 * 1024,
  /** Of unpacked to packed: JSON and pictures shrink to a tenth at best. */
  ratio: 200,
} as const

export type Unpacked = { readonly name: string; readonly bytes: Uint8Array }

const chunkBytes = 64 * 1024

/**
 * Takes an archive apart in memory, as it comes: what an archive says of its sizes is not believed, and
 * what is too much ends it at once. Names are for people, and never of a place. Throws `archive-refused`.
 */
export async function unpack(zip: Uint8Array): Promise<readonly Unpacked[]> {
  const collector = createCollector(zip.length)
  const unzip = new Unzip(collector.take)
  unzip.register(UnzipInflate)
  unzip.register(UnzipPassThrough)
  try {
    for (let start = 0; start < zip.length; start += chunkBytes) {
      const end = start + chunkBytes
      unzip.push(zip.subarray(start, end), end >= zip.length)
      await nextTurn()
    }
  } catch (error) {
    throw error instanceof AppError ? error : damaged(error)
  }
  return collector.files()
}

function createCollector(packedBytes: number) {
  const found: { name: string; parts: Uint8Array[]; isWhole: boolean }[] = []
  let total = 0
  let files = 0

  function take(file: UnzipFile): void {
    files += 1
    if (files > limits.files) throw tooMuch(`more than ${limits.files} files`)
    // Folders, and what some systems add to archives by themselves.
    if (/(^|\/)__MACOSX\/|(^|\/)\.[^/]*$|\/$/.test(file.name)) return
    const parts: Uint8Array[] = []
    const entry = { name: file.name.slice(0, 300), parts, isWhole: false }
    found.push(entry)
    let size = 0
    file.ondata = (error, part, isFinal) => {
      if (error !== null) throw damaged(error)
      size += part.length
      total += part.length
      if (size > limits.fileBytes) throw tooMuch('a file of more than 8 MB')
      if (total > limits.allBytes) throw tooMuch('more than 128 MB')
      if (total > chunkBytes * 16 && total > packedBytes * limits.ratio) {
        throw tooMuch('far more than it could')
      }
      parts.push(part)
      entry.isWhole = isFinal
    }
    file.start()
  }

  function filesFound(): readonly Unpacked[] {
    if (files === 0) throw notOne()
    if (found.some(({ isWhole }) => !isWhole)) throw damaged()
    return found.map(({ name, parts }) => ({ name, bytes: Buffer.concat(parts) }))
  }

  return { take, files: filesFound }
}

function tooMuch(what: string): AppError {
  const remedy = 'Nothing was taken in. Take it apart, and import its badges in several archives.'
  return new AppError('archive-refused', `The archive holds ${what}. ${remedy}`)
}

function damaged(cause?: unknown): AppError {
  const remedy = 'Nothing was taken in. Export it again, or copy it again from where it was kept.'
  return new AppError('archive-refused', `The archive is damaged or cut off. ${remedy}`, { cause })
}

function notOne(): AppError {
  const remedy = 'Give the ZIP file that a Rosette has exported, or one with files of badges.'
  return new AppError('archive-refused', `This is no ZIP archive with files in it. ${remedy}`)
}
