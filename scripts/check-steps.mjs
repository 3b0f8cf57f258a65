import { writeApiTypes } from './api-types.mjs'
import { run, runTool } from './run-command.mjs'

// What is compiled for measurements and proofs only.
const moreProjects = [
  'apps/server/tsconfig.proofs.json',
  'packages/open-badges/tsconfig.bench.json',
]

const types = async () => {
  // Tests are compiled against what the packages export, so the packages come first.
  const sources = await runTool('tsc', ['-b', '.', ...moreProjects])
  if (sources.code !== 0) return sources
  const [tests, web] = await Promise.all([
    runTool('tsc', ['-p', 'tsconfig.tests.json']),
    typesOfConsole(),
  ])
  const worse = tests.code === 0 ? web : tests
  return { ...worse, seconds: sources.seconds + Math.max(tests.seconds, web.seconds) }
}

// The console is compiled against the document of the API, which the compiled server prints.
async function typesOfConsole() {
  const api = await writeApiTypes()
  if (api.code !== 0) return api
  const web = await runTool('tsc', ['-p', 'apps/web'])
  return { ...web, seconds: api.seconds + web.seconds }
}

const script = (name) => run(process.execPath, [`scripts/${name}.mjs`])
const cruised = ['packages', 'apps', 'scripts', 'vitest.config.ts']

/** What can be known about the code without running it; no step depends on another. */
const steps = {
  'format and lint': () =>
    runTool('biome', ['check', '--error-on-warnings', '--max-diagnostics=100', '.']),
  types,
  borders: () => runTool('depcruise', ['--config', '.dependency-cruiser.mjs', ...cruised]),
  'dead code': () => runTool('knip', ['--no-progress', '--no-config-hints']),
  'file sizes': () => script('check-sizes'),
  texts: () => script('check-texts'),
}

/** Runs the steps, and `more` beside them, and answers with the names of those that failed. */
export async function check(more = {}) {
  const all = { ...steps, ...more }
  const failed = []
  await Promise.all(
    Object.entries(all).map(async ([name, step]) => {
      const { code, output, seconds } = await step()
      if (code !== 0) failed.push(name)
      const verdict = code === 0 ? 'ok    ' : 'failed'
      console.log(`${verdict} ${name} (${seconds.toFixed(1)} s)`)
      if (code !== 0) console.log(`${output.trim()}\n`)
    }),
  )
  return { count: Object.keys(all).length, failed }
}
