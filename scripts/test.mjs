// npm test: installs what is missing and runs everything. The last line says how it went.
import { existsSync } from 'node:fs'
import { check } from './check-steps.mjs'
import { build, ensureInstalled, requireNode } from './prepare.mjs'
import { root, run } from './run-command.mjs'
import { ensureSystemPackages } from './system-packages.mjs'
import { runSuite } from './vitest-suite.mjs'

const skipsFail = process.env.ROSETTE_NO_SKIP === '1' || process.env.CI === 'true'
const proofs = ['crash', 'issuing', 'permissions']

requireNode()
await ensureInstalled()
await ensureSystemPackages()
await build()

const suites = []
await suite('check', async () => {
  const { count, failed } = await check()
  return { passed: Array(count - failed.length).fill(''), failed, skipped: [] }
})
// What needs a database waits half of the time, and the proofs most of it: for leases to end, for
// providers to be tried again. So they run in two lines beside each other.
await Promise.all([testServer(), proveAll().then(testPages).then(testUnits)])
conclude()

async function testServer() {
  await suite('db', () => runSuite('db', 720))
  await suite('e2e', () => runSuite('e2e', 1200))
}

async function testUnits() {
  await suite('unit', () => runSuite('unit', 300))
}

async function testPages() {
  await suite('pages', () => runSuite('pages', 720))
}

async function proveAll() {
  for (const name of proofs) await suite(`proof ${name}`, () => prove(name))
}

async function suite(name, runIt) {
  console.log(`\n== ${name}`)
  const started = performance.now()
  const { passed, failed, skipped } = await runIt()
  const allowed = skipped.filter(maySkip)
  const forbidden = skipped.filter((test) => !maySkip(test))
  const seconds = Math.round((performance.now() - started) / 1000)
  failed.push(...forbidden.map((test) => `${test} (skipped, and here nothing may be)`))
  suites.push({ name, seconds, passed, failed, skipped: allowed })
}

// Elsewhere anything may be left out; here only what needs data that is really not there, or an
// index of packages that does not answer: a change is not to blame for that.
function maySkip(test) {
  if (!skipsFail || /package index does not answer/.test(test)) return true
  return /shared data folder/i.test(test) && !existsSync(`${root}../shared/data`)
}

async function prove(name) {
  const args = ['scripts/prove.mjs', name]
  const { code, output } = await run(process.execPath, args, { limit: 600 })
  console.log(`\n-- what proof ${name} said\n${output.trim()}\n`)
  const failed = code === 0 ? [] : [`proof ${name} ended with code ${code}`]
  return { passed: code === 0 ? [name] : [], failed, skipped: [] }
}

function conclude() {
  console.log('\n== summary')
  const counts = ({ passed, failed, skipped }) =>
    `${passed.length} passed, ${failed.length} failed, ${skipped.length} skipped`
  for (const one of suites) console.log(`${one.name}: ${counts(one)} (${one.seconds} s)`)

  const all = (list) => suites.flatMap((one) => one[list].map((test) => `${one.name}: ${test}`))
  for (const test of all('skipped')) console.log(`skipped: ${test}`)
  for (const test of all('failed')) console.log(`failed: ${test}`)
  const total = { passed: all('passed'), failed: all('failed'), skipped: all('skipped') }
  console.log(counts(total))
  process.exitCode = total.failed.length === 0 ? 0 : 1
}
