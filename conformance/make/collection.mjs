// The files and their list; a file that exists is kept, as signatures with elliptic keys are never the same.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

const folder = new URL('../', import.meta.url).pathname

/** Collects files; with `all` every one of them is made anew. */
export function createCollection({ all }) {
  const entries = []

  /** The content of a file: what it holds already, else what `make` answers, when given. */
  async function once(name, make) {
    const path = `${folder}${name}`
    if (make !== undefined && (all || !existsSync(path))) {
      const made = await make()
      mkdirSync(dirname(path), { recursive: true })
      writeFileSync(
        path,
        typeof made === 'string' || made instanceof Uint8Array ? made : json(made),
      )
    }
    return readFileSync(path)
  }

  return {
    entries,
    once,
    /** A badge with what a verifier should say of it. Answers with its text. */
    async add(file, { about, make, ...expected }) {
      const content = await once(`badges/${file}`, make)
      const { kind, verdict = 'valid', check, error, at = '2026-06-01T00:00:00Z' } = expected
      const { recipient, documents = 'issuer.json', gone } = expected
      const entry = { file: `badges/${file}`, about, kind, verdict, check, error, at, recipient }
      entries.push({ ...entry, documents: `documents/${documents}`, gone })
      return content.toString('utf8')
    },
    /** What the addresses in the badges answer. */
    async documents(file, make) {
      return JSON.parse((await once(`documents/${file}`, make)).toString('utf8'))
    },
    write() {
      writeFileSync(`${folder}manifest.json`, json(entries))
    },
  }
}

function json(value) {
  return `${JSON.stringify(value, null, 1)}\n`
}
