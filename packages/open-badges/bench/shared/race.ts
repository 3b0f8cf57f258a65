/** One way of doing something; awaited when it answers with a promise. */
export type Side = () => unknown

// What the compiler does in the background counts as time, too; a process that runs on has it behind it.
const WARM_UP = 12
const ROUNDS = 5
const ROUND_MS = 100

/** How often each side runs in a second: medians of rounds in which the sides take turns. */
export async function race<Name extends string>(
  sides: Readonly<Record<Name, Side>>,
): Promise<Readonly<Record<Name, number>>>
export async function race(sides: Readonly<Record<string, Side>>) {
  const entries = Object.entries(sides)
  const seen = new Map<string, number[]>(entries.map(([name]) => [name, []]))
  for (let round = 0; round < WARM_UP + ROUNDS; round++) {
    for (const [name, side] of entries) {
      const perSecond = await measure(side)
      if (round >= WARM_UP) seen.get(name)?.push(perSecond)
    }
  }
  return Object.fromEntries([...seen].map(([name, speeds]) => [name, median(speeds)]))
}

// Time on the processor, as others may be at work on the machine.
async function measure(side: Side): Promise<number> {
  const started = cpuMilliseconds()
  let done = 0
  let took = 0
  for (; took < ROUND_MS; took = cpuMilliseconds() - started) {
    const answer = side()
    if (answer instanceof Promise) await answer
    done += 1
  }
  return (done * 1000) / took
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}

/** Ours beside what it is measured by, and whether it is as fast as it should be. */
export function row(name: string, speeds: { ours: number; other: number; goal?: number }): void {
  const { ours, other, goal } = speeds
  const ratio = ours / other
  const times = ratio < 2 ? `${Math.round(100 * ratio)} %` : `${ratio.toFixed(1)} x`
  const verdict = goal === undefined ? '' : ratio >= goal ? 'met' : 'MISSED'
  const columns = [count(ours), count(other), times.padStart(8), verdict.padStart(7)]
  say(`${name.padEnd(58)} ${columns.join(' ')}`)
}

export function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

function count(perSecond: number): string {
  return Math.round(perSecond).toLocaleString('en').padStart(11)
}

function cpuMilliseconds(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}
