import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { findFreePort } from './free-port.js'

/** A real Redis for tests, on a free port of 127.0.0.1 and in a directory of its own. */
export type RedisServer = {
  readonly url: string
  readonly port: number
  /** Ends the server in order and removes its directory. */
  stop(): Promise<void>
  /** Ends the server at once, as a crash would; the directory stays for `restart`. */
  kill(): Promise<void>
  /** Starts the server again on the same port and directory. */
  restart(): Promise<void>
}

/** With `durable`, every write is on disk before it is answered, so that it survives `kill`. */
export type RedisServerOptions = { readonly durable?: boolean }

/** Whether `redis-server` is installed on this machine. */
export function redisAvailable(): boolean {
  return spawnSync('redis-server', ['--version'], { stdio: 'ignore' }).status === 0
}

/** Starts a Redis and resolves as soon as it answers. */
export async function startRedis({
  durable = false,
}: RedisServerOptions = {}): Promise<RedisServer> {
  const directory = await mkdtemp(join(tmpdir(), 'rosette-redis-'))
  const port = await findFreePort()
  const start = () => spawnRedis(toArguments({ port, directory, durable }))
  let child = await answering(start(), port)

  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    async kill() {
      await end(child, 'SIGKILL')
    },
    async restart() {
      await end(child, 'SIGTERM')
      child = await answering(start(), port)
    },
    async stop() {
      await end(child, 'SIGTERM')
      await rm(directory, { recursive: true, force: true })
    },
  }
}

type ServerSettings = { port: number; directory: string; durable: boolean }

function toArguments({ port, directory, durable }: ServerSettings): string[] {
  const disk = durable ? ['--appendonly', 'yes', '--appendfsync', 'always'] : ['--appendonly', 'no']
  return ['--port', `${port}`, '--bind', '127.0.0.1', '--dir', directory, '--save', '', ...disk]
}

function spawnRedis(args: string[]): ChildProcess {
  const child = spawn('redis-server', args, { stdio: 'ignore' })
  // A test run that dies must not leave servers behind.
  const endWithUs = () => child.kill('SIGKILL')
  process.once('exit', endWithUs)
  child.once('exit', () => process.off('exit', endWithUs))
  return child
}

async function answering(child: ChildProcess, port: number): Promise<ChildProcess> {
  const failed = once(child, 'error').then(([error]) => Promise.reject(error))
  const ready = untilPong(child, port)
  await Promise.race([ready, failed])
  return child
}

async function untilPong(child: ChildProcess, port: number): Promise<void> {
  while (!(await answersPing(port))) {
    if (child.exitCode !== null) throw new Error(`redis-server ended with code ${child.exitCode}`)
    await delay(5)
  }
}

function answersPing(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('PING\r\n'))
    // A server that still loads its file answers -LOADING.
    socket.once('data', (data) => resolve(data.toString().startsWith('+PONG')))
    socket.once('data', () => socket.destroy())
    socket.once('error', () => resolve(false))
    socket.once('close', () => resolve(false))
  })
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exited = once(child, 'exit')
  child.kill(signal)
  await exited
}
