import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { root, runTool } from './run-command.mjs'

/** Runs one vitest project, showing its progress, and answers with the names of what did what. */
export async function runSuite(project, limit) {
  const folder = mkdtempSync(join(tmpdir(), 'rosette-test-'))
  const file = join(folder, 'report.json')
  const args = ['run', '--project', project, '--passWithNoTests']
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
  try {
    const { code } = await runTool('vitest', [...args, ...reporters], { show: true, limit })
    return summarize(readReport(file), code)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return { testResults: [] }
  }
}

/** Also counts what has no name of its own: a file that does not load, an error between tests. */
export function summarize({ testResults }, code) {
  const passed = []
  const failed = []
  const skipped = []
  for (const { name, status, message, assertionResults } of testResults) {
    const file = relative(root, name)
    const before = failed.length
    for (const test of assertionResults) {
      const list = { passed, failed }[test.status] ?? skipped
      list.push(`${file}: ${test.fullName}`)
    }
    if (status === 'failed' && failed.length === before) {
      failed.push(`${file}: ${message?.split('\n')[0] || 'did not run to its end'}`)
    }
  }
  if (code !== 0 && failed.length === 0) failed.push(`the run itself ended with code ${code}`)
  return { passed, failed, skipped }
}
