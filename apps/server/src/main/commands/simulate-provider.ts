import { randomInt } from 'node:crypto'
import { type ProviderKind, providerKinds } from '@rosette/providers'
import { type Command, InvalidArgumentError } from 'commander'
import { cannot } from '../command-error.js'
import { examples, printLine } from '../output.js'
import { startSimulator } from '../provider-simulators.js'
import { howToUse } from '../simulator-words.js'
import { stopSignal, whenAborted } from '../stop-signal.js'

type Options = {
  readonly port: number
  readonly host: string
  readonly latency: 'none' | 'normal'
  readonly seed?: number
  readonly webhook?: string
}

export function registerSimulateProvider(program: Command): void {
  program
    .command('simulate-provider')
    .description('Be an invented Credly, Accredible or Badgr, for trying things out; until Ctrl-C.')
    .argument('<provider>', providerKinds.join(', '), provider)
    .requiredOption('--port <number>', 'where it listens; 0 takes a free port', port)
    .option('--host <host>', 'on which address', '127.0.0.1')
    .option('--latency <how>', 'none, or normal: answers take as long as over the network', latency)
    .option('--seed <number>', 'the same seed gives the same ids and delays', wholeNumber)
    .option('--webhook <url>', 'credly: where changes are announced')
    .addHelpText('after', examples('rosette simulate-provider credly --port 8181'))
    .action(simulateProvider)
}

async function simulateProvider(kind: ProviderKind, options: Options): Promise<void> {
  const { webhook, latency: how = 'none' } = options
  if (webhook !== undefined && kind !== 'credly') {
    throw cannot(`--webhook is for credly: ${kind} announces nothing, changes there are asked for.`)
  }
  const stop = stopSignal()
  // Of its own each time: an id that it gave before would be one of a badge that is known already.
  const { seed = randomInt(2 ** 32) } = options
  const simulator = await startSimulator(kind, { ...options, seed, isSlow: how === 'normal' })
  try {
    for (const line of howToUse(simulator)) printLine(line)
    await whenAborted(stop)
  } finally {
    await simulator.close()
  }
}

function provider(text: string): ProviderKind {
  const kind = providerKinds.find((known) => known === text)
  if (kind !== undefined) return kind
  throw new InvalidArgumentError(`Choose among ${providerKinds.join(', ')}.`)
}

function latency(text: string): Options['latency'] {
  if (text === 'none' || text === 'normal') return text
  throw new InvalidArgumentError('Choose none or normal.')
}

function port(text: string): number {
  const value = Number(text)
  if (Number.isSafeInteger(value) && value >= 0 && value <= 65_535) return value
  throw new InvalidArgumentError('Write a port, 0 to 65535.')
}

function wholeNumber(text: string): number {
  const value = Number(text)
  if (Number.isSafeInteger(value) && value >= 0) return value
  throw new InvalidArgumentError('Write a whole number.')
}
