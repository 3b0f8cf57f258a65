// The package has no types of its own; this is what the tests use of it.
declare module 'smtp-server' {
  import type { EventEmitter } from 'node:events'
  import type { Readable } from 'node:stream'

  type Answer = (error?: Error | null, response?: { readonly user: string }) => void

  export class SMTPServer extends EventEmitter {
    constructor(options: {
      readonly hideSTARTTLS: boolean
      readonly authOptional: boolean
      onAuth(
        auth: { readonly username: string; readonly password: string },
        session: unknown,
        answer: Answer,
      ): void
      onMailFrom(address: { readonly address: string }, session: unknown, answer: Answer): void
      onRcptTo(address: { readonly address: string }, session: unknown, answer: Answer): void
      onData(
        stream: Readable,
        session: { readonly envelope: { readonly rcptTo: readonly { address: string }[] } },
        answer: Answer,
      ): void
    })
    listen(port: number, host: string, listening: () => void): void
    close(closed: () => void): void
  }
}
