import { readdirSync } from 'node:fs'
import { build, ensureInstalled, requireNode } from './prepare.mjs'
import { root, run, runTool } from './run-command.mjs'

/**
 * Compiles apps/server/<folder>/<name>.ts and runs it. Without a name that exists it lists the
 * names and ends with 2: nothing was measured or proved.
 */
export async function runServerModule(folder) {
  const [name, ...args] = process.argv.slice(2)
  const names = namesIn(`${root}apps/server/${folder}`)
  if (!names.includes(name)) {
    console.error(name ? `There is no "${name}".` : 'Which one?')
    console.error(names.length > 0 ? `Choose from: ${names.join(', ')}.` : 'There are none yet.')
    process.exit(2)
  }
  requireNode()
  await ensureInstalled()
  await build()
  const compiled = await runTool('tsc', ['-b', 'apps/server/tsconfig.proofs.json'])
  if (compiled.code !== 0) {
    console.error(compiled.output)
    process.exit(1)
  }
  const module = `${root}apps/server/dist-proofs/${folder}/${name}.js`
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
