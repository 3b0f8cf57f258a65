import { once } from 'node:events'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { findFreePort } from '@rosette/testkit'

/** A port that leads to a server while it is open; while it is shut, nobody is there. */
export async function createDoor(target: string) {
  const { hostname, port: targetPort } = new URL(target)
  const port = await findFreePort()
  const sockets = new Set<Socket>()
  let server: Server | undefined

  async function open(): Promise<void> {
    server = createServer((socket) => {
      const beyond = connect(Number(targetPort), hostname)
      for (const [one, other] of [
        [socket, beyond],
        [beyond, socket],
      ] as const) {
        sockets.add(one)
        one.on('error', () => other.destroy())
        one.on('close', () => {
          sockets.delete(one)
          other.destroy()
        })
        one.pipe(other)
      }
    })
    server.listen(port, '127.0.0.1')
    await once(server, 'listening')
  }

  async function shut(): Promise<void> {
    const closing = server
    server = undefined
    if (closing === undefined) return
    const closed = once(closing, 'close')
    closing.close()
    for (const socket of sockets) socket.resetAndDestroy()
    await closed
  }

  await open()
  return { url: `http://127.0.0.1:${port}`, open, shut }
}
