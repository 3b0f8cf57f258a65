import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { rolldown } from 'rolldown'
import { afterAll, describe, expect, it } from 'vitest'

const folder = mkdtempSync(join(tmpdir(), 'open-badges-'))
const index = join(import.meta.dirname, 'index.ts')

afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** The modules that a bundler keeps for a program that imports only these names. */
async function bundledFor(names: string) {
  const input = join(folder, `${names.replace(/\W+/g, '-')}.mjs`)
  writeFileSync(input, `export { ${names} } from ${JSON.stringify(index)}\n`)
  const bundle = await rolldown({
    input,
    platform: 'node',
    logLevel: 'silent',
    external: (id) => id.startsWith('node:'),
    resolve: { extensionAlias: { '.js': ['.ts', '.js'] } },
  })
  try {
    const { output } = await bundle.generate({ format: 'esm', minify: true })
    const [chunk] = output
    const kept = Object.entries(chunk.modules).filter(([, module]) => module.renderedLength > 0)
    return { modules: kept.map(([id]) => id), bytes: chunk.code.length }
  } finally {
    await bundle.close()
  }
}

describe('what a bundler keeps of this package', () => {
  it('is the images alone for a program that only bakes', async () => {
    const { modules, bytes } = await bundledFor('bake, unbake')
    expect(
      modules.filter((id) => /jsonld|rdf-canonize|context|json-schema|cborg/.test(id)),
    ).toEqual([])
    expect(bytes).toBeLessThan(60_000)
  })

  it('is no JSON-LD for a program that only keeps status lists', async () => {
    const { modules } = await bundledFor('createStatusBits, setStatus, encodeStatusList')
    expect(modules.filter((id) => id.includes('node_modules'))).toEqual([])
  })

  it('is everything that verifying needs', async () => {
    const { modules } = await bundledFor('verifyCredential')
    for (const needed of ['jsonld', 'rdf-canonize', 'credentials-context']) {
      expect(modules.some((id) => id.includes(`/${needed}/`))).toBe(true)
    }
  })
})
