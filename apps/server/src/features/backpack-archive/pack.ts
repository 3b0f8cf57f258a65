import { Zip, ZipDeflate, ZipPassThrough } from 'fflate'

export type Packed = { readonly name: string; readonly bytes: Uint8Array }

/** Makes a ZIP of files as they come: of all of them, one is in memory at a time. */
export async function* pack(files: AsyncIterable<Packed>): AsyncGenerator<Buffer> {
  const ready: Uint8Array[] = []
  const zip = new Zip((error, chunk) => {
    if (error !== null) throw error
    ready.push(chunk)
  })
  for await (const { name, bytes } of files) {
    const isPacked = /\.(png|pdf)$/.test(name)
    const file = isPacked ? new ZipPassThrough(name) : new ZipDeflate(name, { level: 6 })
    zip.add(file)
    file.push(bytes, true)
    yield* drained(ready)
  }
  zip.end()
  yield* drained(ready)
}

function* drained(ready: Uint8Array[]): Generator<Buffer> {
  for (const chunk of ready.splice(0)) yield Buffer.from(chunk)
}
