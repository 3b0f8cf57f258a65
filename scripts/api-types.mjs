// Writes what the console knows of the HTTP API, from the document of the server as it is compiled now.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { root, run, runTool } from './run-command.mjs'

const target = `${root}apps/web/src/generated/api.d.ts`

/** Answers like a command: its exit code and what it said. */
export async function writeApiTypes() {
  const folder = mkdtempSync(`${tmpdir()}/rosette-api-`)
  try {
    const command = [`${root}apps/server/bin/rosette.mjs`, 'openapi']
    const printed = await run(process.execPath, command, { env: withoutSettings() })
    if (printed.code !== 0) return printed
    writeFileSync(`${folder}/api.json`, withoutRefusals(printed.output))
    const made = await runTool('openapi-typescript', [
      `${folder}/api.json`,
      '-o',
      `${folder}/api.d.ts`,
    ])
    if (made.code === 0) keep(withoutNevers(readFileSync(`${folder}/api.d.ts`, 'utf8')))
    return { ...made, seconds: printed.seconds + made.seconds }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

// The document is the same whatever is set here, and what is set for a test run is no setting of the server.
function withoutSettings() {
  const names = Object.keys(process.env).filter((name) => /^(ROSETTE|BADGES|EVENT_BUS)_/.test(name))
  return Object.fromEntries(names.map((name) => [name, undefined]))
}

// All refusals have one shape, which the console knows; left in, they are half of all types.
function withoutRefusals(text) {
  const document = JSON.parse(text)
  for (const methods of Object.values(document.paths)) {
    for (const { responses } of Object.values(methods)) {
      if (responses === undefined) continue
      delete responses['4XX']
      delete responses['5XX']
    }
  }
  return JSON.stringify(document)
}

// Half of what is left says what there is not; who asks for it is told by its absence as well.
function withoutNevers(text) {
  return text
    .replace(/^\s*\w+\?: never;\n/gm, '')
    .replace(/^\s*headers: \{\n\s*\[name: string\]: unknown;\n\s*\};\n/gm, '')
}

// An unchanged file keeps its date, so that nothing is built anew for it.
function keep(text) {
  mkdirSync(new URL('.', `file://${target}`), { recursive: true })
  if (textIn(target) !== text) writeFileSync(target, text)
}

function textIn(path) {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const { code, output } = await writeApiTypes()
  if (code !== 0) console.error(output)
  process.exitCode = code
}
