// Files short enough to read at one sitting.
import { readFileSync } from 'node:fs'
import { root } from './run-command.mjs'
import { trackedFiles } from './tracked-files.mjs'

const limits = { source: 400, test: 600 }

/** Files that may be longer, each with its reason. */
const exceptions = {}

const isCode = (name) => /\.(ts|tsx|mjs|sql)$/.test(name) && !name.startsWith('conformance/')
const isTest = (name) => /\.(test|features)\.tsx?$/.test(name)
const linesOf = (name) => readFileSync(`${root}${name}`, 'utf8').split('\n').length - 1

const files = trackedFiles().filter(isCode)
const problems = files.flatMap((name) => {
  const limit = isTest(name) ? limits.test : limits.source
  const lines = linesOf(name)
  const excepted = name in exceptions
  if (lines > limit && !excepted) return [`${name}: ${lines} lines, and ${limit} are the limit`]
  if (lines <= limit && excepted) return [`${name}: short enough; remove its exception`]
  return []
})
const unknown = Object.keys(exceptions).filter((name) => !files.includes(name))
problems.push(...unknown.map((name) => `${name}: does not exist; remove its exception`))

for (const problem of problems) console.error(problem)
process.exit(problems.length > 0 ? 1 : 0)
