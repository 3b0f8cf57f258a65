import type { Command } from 'commander'
import { loadSettings } from '../../config/load.js'
import { openRuntime } from '../../runtime.js'
import { startWorking } from '../processes.js'
import { stopSignal, whenAborted } from '../stop-signal.js'

export function registerWork(program: Command): void {
  program
    .command('work')
    .description('Sign credentials, emit signals and do the other background work.')
    .addHelpText('after', '\nExample:\n  rosette work')
    .action(work)
}

async function work(): Promise<void> {
  const stop = stopSignal()
  const runtime = await openRuntime(loadSettings(), { mustOwn: false, isService: true })
  try {
    const worker = await startWorking(runtime)
    await whenAborted(stop)
    await worker.stop()
  } finally {
    await runtime.close()
  }
}
