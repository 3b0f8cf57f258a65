import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { rolldown } from 'rolldown'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ErrorCode } from './errors.js'
import { bake } from './images/bake.js'
import { failed, passed } from './report/checks.js'
import { toVerdict } from './report/report.js'

const here = import.meta.dirname
const readme = readFileSync(join(here, '../README.md'), 'utf8')
const golden = join(here, '../../../conformance/badges')
const run = promisify(execFile)
const folder = mkdtempSync(join(tmpdir(), 'open-badges-readme-'))

/** A heading, and the program below it. */
const examples = [...readme.matchAll(/^### (.+)\n(?:(?!^#)[\s\S])*?^```ts\n([\s\S]*?)^```$/gm)].map(
  ([, title = '', code = ''], i) => ({ title, code, file: `example-${i}` }),
)

beforeAll(async () => {
  for (const { file, code } of examples) writeFileSync(join(folder, `${file}.ts`), code)
  const template = readFileSync(join(golden, 'v3/png-itxt.png'))
  const badge = readFileSync(join(golden, 'v3/did-key.json'), 'utf8')
  writeFileSync(join(folder, 'template.png'), template)
  writeFileSync(join(folder, 'badge.png'), bake(template, badge))
  await build()
}, 120_000)

afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Compiles the examples with the sources in the place of the published packages. */
async function build() {
  const bundle = await rolldown({
    input: Object.fromEntries(examples.map(({ file }) => [file, join(folder, `${file}.ts`)])),
    platform: 'node',
    logLevel: 'silent',
    resolve: {
      alias: {
        '@rosette/open-badges': join(here, 'index.ts'),
        '@rosette/guarded-fetch': join(here, '../../guarded-fetch/src/index.ts'),
      },
      extensionAlias: { '.js': ['.ts', '.js'] },
    },
  })
  try {
    await bundle.write({ dir: folder, format: 'esm', entryFileNames: '[name].mjs' })
  } finally {
    await bundle.close()
  }
}

/** What an example says that it prints: the words behind each `console.log`. */
function promisedBy(code: string): readonly string[] {
  return [...code.matchAll(/^console\.log\(.*\) \/\/ (.+)$/gm)].map(([, words = '']) => words)
}

describe('the examples in the README', () => {
  it('show what people want to do first', () => {
    expect(examples.map(({ title }) => title)).toEqual([
      'Verify a file',
      'Issue, sign, bake and publish',
      'A JWT instead of a proof',
      'Revoke',
      'Open Badges 2.0, hosted and signed',
      'Endorse',
      'Refresh',
    ])
    expect(readme.match(/^```ts$/gm)).toHaveLength(examples.length)
  })

  it.each(examples)('print what they say: $title', async ({ code, file }) => {
    const promised = promisedBy(code)
    expect(promised.length).toBeGreaterThan(0)
    const { stdout, stderr } = await run(process.execPath, [join(folder, `${file}.mjs`)], {
      cwd: folder,
    })
    expect({ stderr, lines: stdout.trim().split('\n') }).toEqual({ stderr: '', lines: promised })
  })
})

/** The table of errors: code, meaning and verdict. */
const rows = [...readme.matchAll(/^\| `(ERR_OB_\w+)` \| (.+) \| (.+) \|$/gm)].map(
  ([, code = '', meaning = '', verdict = '']) => ({ code, meaning, verdict }),
)

/** The union as it is written, since a type leaves nothing to compare with. */
const codes = [
  ...readFileSync(join(here, 'errors.ts'), 'utf8').matchAll(/^ {2}\| '(ERR_OB_\w+)'$/gm),
].map(([, code = '']) => code as ErrorCode)

// These are thrown at whoever builds a badge, or told in a warning, and never decide.
const undecided: readonly ErrorCode[] = [
  'ERR_OB_IMAGE',
  'ERR_OB_INPUT',
  'ERR_OB_SCHEMA_UNREACHABLE',
]

function verdictOf(error: ErrorCode): string {
  if (undecided.includes(error)) return '–'
  const proven = (['parse', 'proof', 'issuer'] as const).map((code) => passed(code, 'It holds.'))
  return `\`${toVerdict([...proven, failed('schema', { error, message: 'It does not hold.' })])}\``
}

describe('the table of errors in the README', () => {
  it('has every error once', () => {
    expect(codes.length).toBeGreaterThan(40)
    expect(rows.map(({ code }) => code).sort()).toEqual([...codes].sort())
  })

  it.each(codes)('says what comes of %s', (code) => {
    expect(rows.find((row) => row.code === code)).toMatchObject({
      verdict: verdictOf(code),
      meaning: expect.stringMatching(/^[A-Z].*\.$/),
    })
  })
})

describe('the table of checks in the README', () => {
  it('has every check in the order of the report', () => {
    const report = readFileSync(join(here, 'report/report.ts'), 'utf8')
    const [union = ''] = /export type CheckCode =[\s\S]*?\n\n/.exec(report) ?? []
    const known = [...union.matchAll(/'(\w+)'/g)].map(([, code]) => code)
    const told = [...readme.matchAll(/^\| `([a-z]+)` \| .+\? \|$/gm)].map(([, code]) => code)
    expect(told).toEqual(known)
  })
})
