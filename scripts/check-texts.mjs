// What is easily left behind in texts and code: links to nowhere, markers, merge leftovers.
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { root } from './run-command.mjs'
import { trackedFiles } from './tracked-files.mjs'

const isText = (name) =>
  /\.(md|ts|tsx|mjs|sql|json|yml|yaml)$/.test(name) &&
  !/^(conformance|docs\/reference)\/|package-lock\.json$/.test(name)

/** Each rule finds its problems in one file. */
const rules = [
  (name, text) => (name.endsWith('.md') ? deadLinks(name, text) : []),
  (_name, text) =>
    matches(text, /^(<{7}|>{7}) /gm).map((line) => `line ${line}: left over from a merge`),
  (_name, text) =>
    matches(text, /\b(TODO|FIXME|XXX)\b|@todo(?! #\d)/g).map(
      (line) => `line ${line}: write "@todo #number", the only marker`,
    ),
  (name, text) =>
    name.endsWith('.test.ts')
      ? matches(text, /\b(it|test|describe)\.only\b/g).map((line) => `line ${line}: .only`)
      : [],
]

const problems = trackedFiles()
  .filter((name) => isText(name) && name !== 'scripts/check-texts.mjs')
  .flatMap((name) => {
    const text = readFileSync(`${root}${name}`, 'utf8')
    return rules.flatMap((rule) => rule(name, text).map((problem) => `${name}: ${problem}`))
  })

for (const problem of problems) console.error(problem)
process.exit(problems.length > 0 ? 1 : 0)

function deadLinks(name, text) {
  const prose = text.replace(/```[\s\S]*?```|`[^`\n]*`/g, '')
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target]) => target.split('#')[0])
    .filter((target) => target !== '' && !/^[a-z]+:/.test(target))
    .filter((target) => !existsSync(join(root, dirname(name), decodeURI(target))))
    .map((target) => `link to ${target}, which does not exist`)
}

function matches(text, pattern) {
  return [...text.matchAll(pattern)].map(({ index }) => text.slice(0, index).split('\n').length)
}
