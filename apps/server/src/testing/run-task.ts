import type { TestApp } from './test-app.js'

/** Does the work of a job once, as the queue would. */
export async function runTask(
  { tasks }: Pick<TestApp, 'tasks'>,
  name: string,
  payload: unknown = {},
): Promise<void> {
  const task = tasks[name]
  if (task === undefined) throw new Error(`There is no task ${name}.`)
  await task(payload, { number: 1, isLast: false })
}
