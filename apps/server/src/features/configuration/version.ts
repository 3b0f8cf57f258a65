import { readFileSync } from 'node:fs'

/** The version of this server, from its package. */
export const version = readVersion()

function readVersion(): string {
  const text = readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')
  const manifest: unknown = JSON.parse(text)
  const found =
    typeof manifest === 'object' && manifest !== null && Reflect.get(manifest, 'version')
  return typeof found === 'string' ? found : ''
}
