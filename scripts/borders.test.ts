import { spawnSync } from 'node:child_process'
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

type Files = Record<string, string>
type Violation = { from: string; rule: { name: string } }

const root = join(import.meta.dirname, '..')
const config = '.dependency-cruiser.mjs'
const packages = readdirSync(join(root, 'packages'))
const libraries = packages.filter((name) => name !== 'testkit')
const rooms = ['http', 'workers', 'db', 'telemetry']
const server = 'apps/server/src'
const web = 'apps/web/src'

const uses = (path: string) => `import '${path}'\n`
const usesType = (path: string) =>
  `import type { Thing } from '${path}'\nexport type Mine = Thing\n`
const stranger = (name: string) =>
  libraries.find((other) => other !== name && other !== 'openedx-events') ?? 'engine'

// What a folder's package.json leaves out in the planted tree: a package that the other rules allow.
const unlistedIn = (folder: string) =>
  ['apps/server', 'packages/testkit'].includes(folder) ? 'contract' : 'testkit'

/** A small tree with the real packages' names, in which every import is allowed. */
const permitted: Files = {
  ...Object.fromEntries(
    packages.flatMap((name) => [
      [`packages/${name}/src/index.ts`, 'export type Thing = string\n'],
      [`packages/${name}/src/some.test.ts`, uses('@rosette/testkit') + uses('test-tool')],
    ]),
  ),
  'packages/event-bus/src/envelope.ts': usesType('@rosette/openedx-events'),
  'packages/testkit/src/builders.ts': uses('@rosette/engine') + uses('tool'),
  [`${web}/app/page.ts`]: uses('../features/alpha/alpha.js') + uses('../features/beta/beta.js'),
  [`${web}/features/alpha/alpha.ts`]: uses('@rosette/engine') + uses('../../lib/api.js'),
  [`${web}/features/beta/beta.ts`]: uses('@rosette/contract') + uses('test-tool'),
  [`${web}/lib/api.ts`]: 'export {}\n',
  'apps/server/e2e/whole.e2e.test.ts': uses('@rosette/testkit') + uses('../src/app.js'),
  [`${server}/main/http.ts`]: uses('../app.js') + uses('../config/config.js'),
  [`${server}/app.ts`]: uses('./features/alpha/alpha-routes.js') + uses('./db/db.js'),
  [`${server}/config/config.ts`]: 'export type Thing = string\n',
  [`${server}/features/alpha/alpha.ts`]:
    libraries.map((name) => uses(`@rosette/${name}`)).join('') + usesType('../../config/config.js'),
  [`${server}/features/alpha/alpha-routes.ts`]:
    rooms.map((room) => uses(`../../${room}/${room}.js`)).join('') + uses('../beta/beta.js'),
  [`${server}/testing/test-app.ts`]: uses('../app.js') + uses('@rosette/testkit'),
  [`${server}/features/alpha/alpha.db.test.ts`]:
    uses('../../app.js') + uses('../../testing/test-app.js'),
  [`${server}/features/beta/beta.ts`]: uses('./beta-repository.js') + uses('product'),
  [`${server}/features/beta/beta-repository.ts`]: uses('node:crypto'),
  ...Object.fromEntries(rooms.map((room) => [`${server}/${room}/${room}.ts`, 'export {}\n'])),
}

/** One wrong import per rule, each in a file that breaks no other rule. */
const planted: { rule: string; files: Files }[] = [
  {
    rule: 'no-cycle',
    files: {
      [`${server}/db/left.ts`]: uses('./right.js'),
      [`${server}/db/right.ts`]: uses('./left.js'),
    },
  },
  { rule: 'resolvable', files: { [`${server}/db/missing.ts`]: uses('./nowhere.js') } },
  { rule: 'resolvable', files: { [`${server}/db/deep.ts`]: uses('@rosette/engine/src/index.js') } },
  { rule: 'declared', files: { 'packages/contract/src/undeclared.ts': uses('undeclared') } },
  ...[...packages.map((name) => `packages/${name}`), 'apps/server', 'apps/web'].map((folder) => ({
    rule: `declared:${folder}`,
    files: { [`${folder}/src/unlisted.test.ts`]: uses(`@rosette/${unlistedIn(folder)}`) },
  })),
  {
    rule: 'no-development-tool-in-product',
    files: { 'packages/contract/src/tool.ts': uses('tool') },
  },
  {
    rule: 'no-development-tool-in-product',
    files: { 'packages/contract/src/test-tool.ts': uses('test-tool') },
  },
  {
    rule: 'front-door-of-package',
    files: { [`${server}/db/path.ts`]: uses('../../../../packages/engine/src/index.js') },
  },
  {
    rule: 'apps-are-not-imported',
    files: { 'packages/testkit/src/app.ts': uses('../../../apps/server/src/app.js') },
  },
  { rule: 'apps-stand-alone', files: { 'apps/web/src/app.ts': uses('../../server/src/app.js') } },
  { rule: 'testkit-only-in-tests', files: { [`${server}/db/kit.ts`]: uses('@rosette/testkit') } },
  {
    rule: 'test-support-only-in-tests',
    files: { [`${server}/db/support.ts`]: uses('../testing/test-app.js') },
  },
  { rule: 'engine-is-pure', files: { 'packages/engine/src/clock.ts': uses('node:fs') } },
  ...libraries.map((name) => ({
    rule: `library-stands-alone:${name}`,
    files: { [`packages/${name}/src/other.test.ts`]: uses(`@rosette/${stranger(name)}`) },
  })),
  {
    rule: 'app-uses-its-libraries:web',
    files: { 'apps/web/src/bus.ts': uses('@rosette/event-bus') },
  },
  {
    rule: 'server:nothing-imports-main',
    files: { [`${server}/app/run.ts`]: uses('../main/http.js') },
  },
  {
    rule: 'server:features-below-app',
    files: { [`${server}/features/beta/up.ts`]: uses('../../app.js') },
  },
  {
    rule: 'server:features-know-only-the-type-of-config',
    files: { [`${server}/features/beta/settings.ts`]: uses('../../config/config.js') },
  },
  {
    rule: 'server:front-door-of-feature',
    files: { [`${server}/features/alpha/back.ts`]: uses('../beta/beta-repository.js') },
  },
  ...rooms.map((room) => ({
    rule: 'server:lower-rooms-know-no-feature',
    files: { [`${server}/${room}/up.ts`]: uses('../features/beta/beta.js') },
  })),
  {
    rule: 'server:config-knows-no-room',
    files: { [`${server}/config/rooms.ts`]: uses('../db/db.js') },
  },
  {
    rule: 'web:features-below-app',
    files: { [`${web}/features/alpha/up.ts`]: uses('../../app/page.js') },
  },
  {
    rule: 'web:feature-stands-alone',
    files: { [`${web}/features/alpha/other.ts`]: uses('../beta/beta.js') },
  },
  {
    rule: 'web:building-blocks-know-no-feature',
    files: { [`${web}/lib/up.ts`]: uses('../features/alpha/alpha.js') },
  },
]

describe('the borders', () => {
  const trees: string[] = []
  afterAll(() => {
    for (const tree of trees) rmSync(tree, { recursive: true, force: true })
  })

  it('let every permitted import pass', () => {
    const tree = makeTree({ ...manifests(() => []), ...permitted })
    trees.push(tree)

    expect(violationsIn(tree)).toEqual([])
  })

  describe('with wrong imports', () => {
    let found: Violation[] = []
    let tree = ''

    beforeAll(() => {
      const wrong = Object.assign({}, ...planted.map(({ files }) => files))
      tree = makeTree({ ...manifests((folder) => [unlistedIn(folder)]), ...permitted, ...wrong })
      trees.push(tree)
      found = violationsIn(tree)
    })

    it.each(planted)('$rule objects to its own', ({ rule, files }) => {
      const objections = found.filter(({ from }) => from in files).map((found) => found.rule.name)
      expect([...new Set(objections)]).toEqual([rule])
    })

    it('have one wrong import planted for every rule', async () => {
      const { default: loaded } = await import(join(tree, config))
      const rules = loaded.forbidden.map(({ name }: { name: string }) => name)
      expect(new Set(planted.map(({ rule }) => rule))).toEqual(new Set(rules))
    })
  })
})

function manifests(missing: (folder: string) => string[]): Files {
  const folders = [...packages.map((name) => `packages/${name}`), 'apps/server', 'apps/web']
  return Object.fromEntries(
    folders.map((folder) => [`${folder}/package.json`, manifest(folder, missing(folder))]),
  )
}

function manifest(folder: string, missing: string[]): string {
  const listed = packages.filter((name) => !missing.includes(name))
  return JSON.stringify({
    name: `@rosette/${folder.split('/').at(-1)}`,
    type: 'module',
    exports: { '.': { source: './src/index.ts' } },
    dependencies: {
      product: '1',
      ...Object.fromEntries(listed.map((name) => [`@rosette/${name}`, '1'])),
    },
    devDependencies: { tool: '1' },
  })
}

function makeTree(files: Files): string {
  const tree = mkdtempSync(join(tmpdir(), 'rosette-borders-'))
  for (const name of ['product', 'tool', 'test-tool', 'undeclared']) {
    write(tree, `node_modules/${name}/package.json`, JSON.stringify({ name, main: 'index.js' }))
    write(tree, `node_modules/${name}/index.js`, '')
  }
  const top = { workspaces: ['packages/*', 'apps/*'], devDependencies: { 'test-tool': '1' } }
  write(tree, 'package.json', JSON.stringify(top))
  mkdirSync(join(tree, 'node_modules/@rosette'))
  for (const name of packages) {
    symlinkSync(`../../packages/${name}`, join(tree, 'node_modules/@rosette', name))
  }
  for (const [path, code] of Object.entries(files)) write(tree, path, code)
  copyFileSync(join(root, config), join(tree, config))
  return tree
}

function write(tree: string, path: string, text: string): void {
  mkdirSync(dirname(join(tree, path)), { recursive: true })
  writeFileSync(join(tree, path), text)
}

function violationsIn(tree: string): Violation[] {
  const bin = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs')
  const args = [bin, '--config', config, '--output-type', 'json', 'packages', 'apps']
  const options = { cwd: tree, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 } as const
  const { stdout, stderr } = spawnSync(process.execPath, args, options)
  if (stdout === '') throw new Error(stderr)
  return JSON.parse(stdout).summary.violations
}
