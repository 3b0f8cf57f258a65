import { readdirSync } from 'node:fs'
import { build, ensureInstalled, requireNode } from './prepare.mjs'
import { root, run, runTool } from './run-command.mjs'

/** Where modules lie that can be named, how they are compiled, and where they are then. */
const server = (folder) => ({
  sources: `apps/server/${folder}`,
  project: 'apps/server/tsconfig.proofs.json',
  compiled: `apps/server/dist-proofs/${folder}`,
})
const library = {
  sources: 'packages/open-badges/bench',
  project: 'packages/open-badges/tsconfig.bench.json',
  compiled: 'packages/open-badges/dist-bench/bench',
}

/**
 * Compiles apps/server/<folder>/<name>.ts, or a measurement of the badge library, and runs it.
 * Without a name that exists it lists the names and ends with 2: nothing was measured or proved.
 */
export async function runServerModule(folder) {
  const [name, ...args] = process.argv.slice(2)
  const places = folder === 'bench' ? [server(folder), library] : [server(folder)]
  const place = places.find(({ sources }) => namesIn(`${root}${sources}`).includes(name))
  if (place === undefined) {
    const names = places.flatMap(({ sources }) => namesIn(`${root}${sources}`))
    console.error(name ? `There is no "${name}".` : 'Which one?')
    console.error(names.length > 0 ? `Choose from: ${names.join(', ')}.` : 'There are none yet.')
    process.exit(2)
  }
  requireNode()
  await ensureInstalled()
  await build()
  const compiled = await runTool('tsc', ['-b', place.project])
  if (compiled.code !== 0) {
    console.error(compiled.output)
    process.exit(1)
  }
  const module = `${root}${place.compiled}/${name}.js`
  return await run(process.execPath, ['--enable-source-maps', module, ...args], { show: true })
}

// What lies directly in the folder can be named; what several share lies in folders below.
function namesIn(path) {
  try {
    return readdirSync(path)
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
      .map((file) => file.slice(0, -'.ts'.length))
  } catch {
    return []
  }
}
