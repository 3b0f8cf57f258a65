import { setTimeout as pause } from 'node:timers/promises'
import { type Backfill, type BackfillChange, idInput } from '@rosette/contract'
import type { Command } from 'commander'
import type { App } from '../../app.js'
import { loadSettings } from '../../config/load.js'
import { AppError } from '../../http/app-error.js'
import { openRuntime } from '../../runtime.js'
import { cannot, no } from '../command-error.js'
import { examples, printJson, printLine, printTable } from '../output.js'
import { stopSignal } from '../stop-signal.js'

type Options = { readonly template: string; readonly preview?: true; readonly json?: true }

/** Workers take over when this process is heard of no more. */
const startsAfter = 60_000
const examplesShown = 10

export function registerBackfill(program: Command): void {
  program
    .command('backfill')
    .description(
      'Apply the rules of an active badge template to all past events, beside a running server or without one.',
    )
    .requiredOption('--template <id>', 'the id of the badge template')
    .option(
      '--preview',
      'only say who would gain and who would lose the badge; works for drafts too',
    )
    .option('--json', 'print { backfill, changes } as JSON, with the first changes')
    .addHelpText(
      'after',
      examples('rosette backfill --template 0192f5a0-7c1e-7d2a-9b1f-2f6f7a3c5d10 --preview'),
    )
    .action(backfill)
}

async function backfill({ template, preview, json }: Options): Promise<void> {
  const templateId = idInput.safeParse(template)
  if (!templateId.success) throw cannot(`"${template}" is no id of a badge template.`)
  const stop = stopSignal()
  const runtime = await openRuntime(loadSettings(), { mustOwn: false })
  try {
    const { backfills } = runtime.app
    const kind = preview ? 'preview' : 'run'
    const id = await requested(backfills, { templateId: templateId.data, kind })
    await workUntilSettled(backfills, id, stop)
    const settled = await backfills.views.get(id)
    const changes = await backfills.views.changes(id, { limit: examplesShown })
    if (json) printJson({ backfill: settled, changes: changes.items })
    else printReport(settled, changes.items)
    if (settled.state !== 'done') throw no(unfinished(settled))
  } finally {
    await runtime.close()
  }
}

async function requested(
  { request }: App['backfills'],
  wanted: { readonly templateId: string; readonly kind: Backfill['kind'] },
): Promise<string> {
  try {
    return await request({ ...wanted, actor: 'command line', startsAfter })
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    throw error.code === 'template-not-found'
      ? cannot(error.message, error)
      : no(error.faults.map(({ reason }) => reason).join(' ') || error.message)
  }
}

/** Does the work, or watches whoever has it already. */
async function workUntilSettled(
  { workOn, views }: App['backfills'],
  id: string,
  stop: AbortSignal,
): Promise<void> {
  while (!stop.aborted) {
    const worked = await workOn(id, 1000)
    showProgress(await views.get(id))
    if (worked === 'settled') break
    if (worked === 'elsewhere') await pause(500)
  }
  if (process.stderr.isTTY) process.stderr.write('\n')
}

function showProgress({ progress, state }: Backfill): void {
  if (!process.stderr.isTTY) return
  const { read, total, ratio } = progress
  const share = `${Math.floor(ratio * 100)} %`.padStart(5)
  process.stderr.write(`\r${share}  ${counted(read)} of about ${counted(total)} events  ${state} `)
}

function printReport({ kind, template, result }: Backfill, changes: readonly BackfillChange[]) {
  const { events, learners, gain, lose, kept, others } = result
  const would = kind === 'preview' ? 'would ' : ''
  const span = events.from === null ? '' : `, from ${events.from} until ${events.until}`
  printLine(`${template.name}: ${counted(events.read)} events of the types concerned${span}`)
  printTable([
    ['events that matched', counted(events.matched)],
    ['learners who have all of it', counted(learners.complete)],
    ['half way', counted(learners.halfWay)],
    ['begun', counted(learners.started)],
    ['nothing of it yet', counted(learners.none)],
    [`${would}gain it`, counted(gain)],
    [`${would}lose it`, counted(lose)],
    ...(kept === 0 ? [] : [['keep it, because the log does not reach back', counted(kept)]]),
    ...others.map((other) => [
      `and of "${other.template.name}"`,
      `${counted(other.gain)} gained, ${counted(other.lose)} lost`,
    ]),
  ])
  if (changes.length === 0) return
  printLine('')
  const rows = changes.map(({ change, learner, template: of, instance, at }) => [
    change,
    learner.username || String(learner.lmsUserId ?? ''),
    instance === null ? of.name : `${of.name} (${instance})`,
    at ?? '',
  ])
  printTable([['change', 'learner', 'badge', 'date'], ...rows])
}

function unfinished({ state, error }: Backfill): string {
  if (state === 'failed') return `The backfill failed: ${error}`
  if (state === 'cancelled') return 'The backfill was cancelled. What was decided until then stays.'
  return 'Not finished: a worker goes on with it in the background.'
}

function counted(number: number): string {
  return number.toLocaleString('en')
}
