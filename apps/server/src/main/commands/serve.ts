import type { Command } from 'commander'
import { loadSettings } from '../../config/load.js'
import { openRuntime, type Runtime } from '../../runtime.js'
import { consumeConfigured, startWorking } from '../processes.js'
import { stopSignal, whenAborted } from '../stop-signal.js'

type Options = { readonly all?: true; readonly demo: boolean }

export function registerServe(program: Command): void {
  program
    .command('serve')
    .description(
      'Serve the API and the public pages; with --all also consume events and do the work.',
    )
    .option('--all', 'run the whole platform in this one process')
    .option('--no-demo', 'with --all: do not show sample badges on an empty installation')
    .addHelpText('after', '\nExample:\n  rosette serve --all --no-demo')
    .action((options: Options) => serve(options))
}

async function serve(options: Options): Promise<void> {
  const stop = stopSignal()
  const runtime = await openRuntime(loadSettings(), { mustOwn: true, isService: true })
  try {
    const server = await runtime.app.createServer()
    try {
      const { port, host } = runtime.settings.config.http
      await server.listen({ port, host })
      await tellWhereToLook(runtime)
      if (options.all) await doEverything(runtime, options, stop)
      else await whenAborted(stop)
    } finally {
      await server.close()
    }
  } finally {
    await runtime.close()
  }
}

async function doEverything(runtime: Runtime, { demo }: Options, stop: AbortSignal): Promise<void> {
  const worker = await startWorking(runtime)
  const running = [consumeConfigured(runtime, stop)]
  if (demo) running.push(runtime.app.demo.run(stop))
  await Promise.all([...running, whenAborted(stop)])
  await worker.stop()
}

async function tellWhereToLook({ app, settings, databaseFolder }: Runtime): Promise<void> {
  const { config, secrets } = settings
  await app.tokens.keepChosen(secrets.adminToken)
  const link = await app.people.setUp.firstLink()
  const lines = [
    '',
    `  Rosette is ready:      ${config.http.baseUrl}/`,
    `  Console:               ${config.http.baseUrl}/console`,
    `  API documentation:     ${config.http.baseUrl}/api/docs`,
    `  Data:                  ${databaseFolder ?? 'the PostgreSQL of DATABASE_URL'}`,
    `  Event bus:             ${app.bus.kind === 'redis' ? 'Redis' : 'in memory (set EVENT_BUS_REDIS_CONNECTION_URL for Redis)'}`,
    config.badgesEnabled
      ? ''
      : '  BADGES_ENABLED is false: nothing is received, processed or emitted.',
    link === null ? '' : '\n  Nobody runs this installation yet. To become its administrator, open',
    link === null ? '' : `  ${link}`,
    link === null
      ? ''
      : '  within 24 hours. It works once; each start prints a new one until it was used.',
    '',
  ]
  process.stdout.write(`${lines.filter((line, i) => line !== '' || i === 0).join('\n')}\n\n`)
}
