// npm run check: everything that can be known in under a minute.
import { check } from './check-steps.mjs'
import { runTool } from './run-command.mjs'

const { failed } = await check({
  'unit tests': () => runTool('vitest', ['run', '--project', 'unit', '--reporter=dot']),
})
console.log(failed.length === 0 ? 'All well.' : `Failed: ${failed.join(', ')}.`)
process.exitCode = failed.length === 0 ? 0 : 1
