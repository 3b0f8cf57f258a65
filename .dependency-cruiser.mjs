// Who may import whom. The rules are made from the folders that exist when this file is loaded, so
// that a new package, room or feature is kept in its place without being named here.
import { readdirSync, readFileSync } from 'node:fs'

const packages = foldersIn('packages')
const apps = foldersIn('apps')
const features = foldersIn('apps/server/src/features')

const libraries = packages.filter((name) => name !== 'testkit')
/** What a library may import besides itself; every other one stands alone. */
const exceptions = { 'event-bus': ['openedx-events'] }
/** What an app may import; an app that is not named may import nothing of ours. */
const usedByApps = { server: libraries, web: ['contract', 'engine'] }

/** Tests, and what only they use. */
const tests = String.raw`\.(test|features)\.tsx?$|^(packages|apps)/[^/]+/src/testing/`
const server = '^apps/server/src/'
const upperRooms = ['main', 'app', 'config', 'features', 'testing']
const lowerRooms = foldersIn('apps/server/src').filter((name) => !upperRooms.includes(name))
const frontDoors = features.map((name) => `${server}features/${name}/${name}[.]ts$`)
const web = '^apps/web/src/'
/** What composes features into pages: of the console, of the backpack. */
const webAreas = ['app', 'backpack']
const webBlocks = foldersIn('apps/web/src').filter(
  (name) => ![...webAreas, 'features'].includes(name),
)
/** The composition root: the files above the rooms, and a folder once it has grown. */
const composition = [`${server}[^/]+[.]ts$`, `${server}app/`]

const rules = [
  {
    name: 'no-cycle',
    comment: 'Two files that need each other are one file, or need a third.',
    from: {},
    to: { circular: true },
  },
  {
    name: 'resolvable',
    comment: 'It does not exist, or a package does not export it (only its index is exported).',
    from: {},
    // What is generated is there once the types have been checked.
    to: { couldNotResolve: true, pathNot: '/generated/' },
  },
  {
    name: 'declared',
    comment: 'List the dependency in the package.json of the package that imports it.',
    from: { path: ['^packages/', '^apps/'] },
    to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
  },
  ...[...packages.map((name) => `packages/${name}`), ...apps.map((name) => `apps/${name}`)].map(
    (folder) => ({
      name: `declared:${folder}`,
      comment: `List the package in the package.json of ${folder}.`,
      from: { path: `^${folder}/` },
      to: { path: '^packages/', pathNot: [`^${folder}/`, ...inPackages(declaredBy(folder))] },
    }),
  ),
  {
    name: 'no-development-tool-in-product',
    comment: 'What ships needs it, so it is a dependency and not a devDependency.',
    // The console is built into files: everything that it is made of is a tool of its building.
    from: {
      path: ['^packages/', '^apps/'],
      pathNot: [tests, '/(e2e|bench|proofs)/', 'testkit/', '^apps/web/'],
    },
    to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'], pathNot: '^packages/' },
  },
  {
    name: 'front-door-of-package',
    comment: 'Import a package by its name, not by the path of a file in it.',
    from: { path: '^(packages|apps)/([^/]+)/' },
    to: {
      path: '^packages/',
      pathNot: '^$1/$2/',
      dependencyTypes: ['local'],
      dependencyTypesNot: ['aliased-workspace'],
    },
  },
  {
    name: 'apps-are-not-imported',
    comment: 'Nothing but the app itself imports from an app; npm start becomes the server.',
    // What two apps must agree on is tested beside them.
    from: { pathNot: ['^apps/', '^scripts/start[.]mjs$', String.raw`^scripts/[^/]+\.test\.ts$`] },
    to: { path: '^apps/' },
  },
  {
    name: 'apps-stand-alone',
    comment: 'One app does not import from another.',
    from: { path: '^apps/([^/]+)/' },
    to: { path: '^apps/', pathNot: '^apps/$1/' },
  },
  {
    name: 'testkit-only-in-tests',
    comment: 'The test kit is for tests.',
    from: { pathNot: [tests, '/(e2e|bench|proofs)/', '^packages/testkit/', '^vitest[.]config'] },
    to: { path: '^packages/testkit/' },
  },
  {
    name: 'test-support-only-in-tests',
    comment: 'What lies in src/testing is for tests.',
    from: { pathNot: [tests, '/(e2e|bench|proofs)/'] },
    to: { path: '^(packages|apps)/[^/]+/src/testing/' },
  },
  {
    name: 'engine-is-pure',
    comment: 'The engine imports nothing: no package, no clock, no I/O.',
    from: { path: '^packages/engine/src/', pathNot: tests },
    to: { pathNot: '^packages/engine/' },
  },
  ...libraries.map((name) => ({
    name: `library-stands-alone:${name}`,
    comment: `${name} imports no other package of ours${also(exceptions[name])}.`,
    from: { path: `^packages/${name}/` },
    to: { path: '^packages/', pathNot: inPackages([name, 'testkit', ...(exceptions[name] ?? [])]) },
  })),
  ...apps.filter(mayNotUseAll).map((name) => ({
    name: `app-uses-its-libraries:${name}`,
    comment: `${name} imports only the packages that it is meant to use.`,
    from: { path: `^apps/${name}/` },
    to: { path: '^packages/', pathNot: inPackages(['testkit', ...(usedByApps[name] ?? [])]) },
  })),
  {
    name: 'server:nothing-imports-main',
    comment: 'main starts a process; what it shares belongs lower.',
    from: { path: server, pathNot: [`${server}main/`] },
    to: { path: `${server}main/` },
  },
  {
    name: 'server:features-below-app',
    comment: 'A feature is given what it needs; it does not reach for the app.',
    from: { path: `${server}features/`, pathNot: tests },
    to: { path: composition },
  },
  {
    name: 'server:features-know-only-the-type-of-config',
    comment: 'A feature is given its settings; only their types may be imported.',
    from: { path: `${server}features/`, pathNot: tests },
    to: { path: `${server}config/`, dependencyTypesNot: ['type-only'] },
  },
  {
    name: 'server:front-door-of-feature',
    comment: 'Enter another feature by features/<name>/<name>.ts.',
    from: { path: `${server}features/([^/]+)/`, pathNot: tests },
    to: { path: `${server}features/`, pathNot: [`${server}features/$1/`, ...frontDoors] },
  },
  {
    name: 'server:lower-rooms-know-no-feature',
    comment: `${lowerRooms.join(', ')} serve the features and know nothing above them.`,
    from: { path: lowerRooms.map((name) => `${server}${name}/`), pathNot: tests },
    to: { path: [`${server}features/`, `${server}config/`, ...composition] },
  },
  {
    name: 'server:config-knows-no-room',
    comment: 'config reads settings and knows nothing of who uses them.',
    from: { path: `${server}config/`, pathNot: tests },
    to: { path: server, pathNot: `${server}config/` },
  },
  {
    name: 'web:features-below-app',
    comment: 'A feature is composed by pages; it does not reach for them.',
    from: { path: `${web}features/` },
    to: { path: webAreas.map((name) => `${web}${name}/`) },
  },
  {
    name: 'web:feature-stands-alone',
    comment: 'Pages bring features together; what two of them need lies in components or lib.',
    from: { path: `${web}features/([^/]+)/` },
    to: { path: `${web}features/`, pathNot: `${web}features/$1/` },
  },
  {
    name: 'web:building-blocks-know-no-feature',
    comment: `${webBlocks.join(', ')} serve the features and know nothing above them.`,
    from: { path: webBlocks.map((name) => `${web}${name}/`) },
    to: { path: ['features', ...webAreas].map((name) => `${web}${name}/`) },
  },
]

export default {
  forbidden: rules
    .filter((rule) => !emptyPath(rule.from.path))
    .map((rule) => ({ severity: 'error', ...rule })),
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['(^|/)(dist[^/]*|node_modules/[.])/', '(^|/)[.][^./]'] },
    // Types are imports too; what only types may cross says so in its rule.
    tsPreCompilationDeps: true,
    // The tools of all tests are listed once, at the top.
    combinedDependencies: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['source', 'import', 'node', 'default', 'types'],
      mainFields: ['module', 'main', 'types'],
    },
  },
}

function foldersIn(path) {
  try {
    return readdirSync(new URL(`${path}/`, import.meta.url), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name)
  } catch {
    return []
  }
}

function declaredBy(folder) {
  const text = readFileSync(new URL(`${folder}/package.json`, import.meta.url), 'utf8')
  const { dependencies, devDependencies } = JSON.parse(text)
  return Object.keys({ ...dependencies, ...devDependencies })
    .filter((name) => name.startsWith('@rosette/'))
    .map((name) => name.slice('@rosette/'.length))
}

function inPackages(names) {
  return names.map((name) => `^packages/${name}/`)
}

function mayNotUseAll(app) {
  return libraries.some((name) => !usedByApps[app]?.includes(name))
}

function also(names) {
  return names ? ` except ${names.join(', ')}` : ''
}

// A rule without a path is about every file, so one whose folders do not exist yet is left out.
function emptyPath(path) {
  return Array.isArray(path) && path.length === 0
}
