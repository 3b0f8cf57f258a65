import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { findFreePort } from '@rosette/testkit'

// This file runs as it is and compiled, one folder deeper.
const command = ['../../bin/rosette.mjs', '../../../bin/rosette.mjs']
  .map((path) => fileURLToPath(new URL(path, import.meta.url)))
  .find((path) => existsSync(path))

/** The whole platform as a process of its own, to be started and killed at will. */
export function startServer(env: Readonly<Record<string, string>>) {
  let child: ChildProcess | undefined
  let place: { dataDir: string; port: number } | undefined
  let said = ''

  async function start(): Promise<void> {
    place ??= {
      dataDir: await mkdtemp(join(tmpdir(), 'rosette-proof-')),
      port: await findFreePort(),
    }
    child = spawn(process.execPath, [command ?? '', 'serve', '--all', '--no-demo'], {
      env: {
        PATH: process.env['PATH'] ?? '',
        BADGES_ENABLED: 'true',
        ROSETTE_LOG_LEVEL: 'warn',
        ROSETTE_DATA_DIR: place.dataDir,
        PORT: String(place.port),
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const keep = (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-20_000)
    }
    child.stdout?.on('data', keep)
    child.stderr?.on('data', keep)
  }

  function assertRunning(): void {
    if (child?.exitCode !== null) throw new Error(`The server ended:\n${said}`)
  }

  async function ready(): Promise<void> {
    for (;;) {
      assertRunning()
      const answer = await fetch(`http://localhost:${place?.port}/`).catch(() => undefined)
      if (answer !== undefined) return
      await pause(100)
    }
  }

  async function end(signal: NodeJS.Signals): Promise<void> {
    if (child === undefined || child.exitCode !== null) return
    const ended = once(child, 'exit')
    child.kill(signal)
    await ended
  }

  return {
    start,
    ready,
    assertRunning,
    kill: () => end('SIGKILL'),
    async stop() {
      await end('SIGTERM')
      if (place !== undefined) await rm(place.dataDir, { recursive: true, force: true })
    },
    output: () => said,
    url: () => `http://localhost:${place?.port}`,
  }
}
