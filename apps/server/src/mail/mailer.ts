import { createTransport } from 'nodemailer'
import { log } from '../telemetry/log.js'

export type Mail = {
  /** All who run the platform, unless somebody is named. */
  readonly to?: readonly string[]
  readonly subject: string
  readonly text: string
  /** The same for those who want to see it laid out. */
  readonly html?: string
  readonly headers?: Readonly<Record<string, string>>
}

export type Mailer = {
  /** Answers when the server has taken it; throws when it has not. */
  send(mail: Mail): Promise<void>
}

export type MailSettings = {
  /** `smtp://` or `smtps://`, with the user and the password if there are any. */
  readonly url: string
  readonly from: string
  readonly to: readonly string[]
}

/** A server that does not answer is given up on soon: what is to be sent stays locked meanwhile. */
const limitMs = 10_000

/** Sends through an SMTP server, with a connection of its own for each mail: they are few. */
export function createMailer({ url, from, to }: MailSettings): Mailer {
  const transport = createTransport({
    ...toConnection(url),
    connectionTimeout: limitMs,
    greetingTimeout: limitMs,
    socketTimeout: limitMs,
    dnsTimeout: limitMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  async function send({ to: named, headers = {}, ...mail }: Mail): Promise<void> {
    const addressed = { from, to: [...(named ?? to)], headers: { ...headers } }
    const { rejected } = await transport.sendMail({ ...addressed, ...mail })
    if (rejected.length === 0) return
    log.warn(
      { refused: rejected.length },
      'the mail server refused some addresses of ROSETTE_MAIL_TO',
    )
  }
  return { send }
}

/** Whether the server is there but did not take this letter; it may take others. */
export function isLetterRefused(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false
  const code: unknown = Reflect.get(error, 'code')
  return code === 'EENVELOPE' || code === 'EMESSAGE'
}

/** What the address of the server says about how to reach it. */
export function toConnection(text: string) {
  const url = new URL(text)
  const secure = url.protocol === 'smtps:'
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const isThisMachine = /^(localhost|127(\.\d+){3}|::1)$/.test(host)
  const connection = {
    host,
    port: url.port === '' ? defaultPort(secure) : Number(url.port),
    secure,
    // A relay on this machine has a certificate that nobody signed, and no wire to listen on.
    ignoreTLS: isThisMachine && !secure,
  }
  if (url.username === '') return connection
  const auth = {
    user: decodeURIComponent(url.username),
    pass: decodeURIComponent(url.password),
  }
  // Otherwise whoever stands between could have the password sent in the open.
  return { ...connection, auth, requireTLS: !isThisMachine && !secure }
}

function defaultPort(secure: boolean): number {
  return secure ? 465 : 587
}
