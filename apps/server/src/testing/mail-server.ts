import { text } from 'node:stream/consumers'
import { findFreePort } from '@rosette/testkit'
import { SMTPServer } from 'smtp-server'

export type ReceivedMail = {
  readonly to: readonly string[]
  readonly subject: string
  readonly text: string
  /** Where it was sent in both forms. */
  readonly html?: string
  /** What is in the header of this name, where there is one. */
  readonly unsubscribe?: string
}

/** A real SMTP server in this process, without TLS. It may be down, or refuse what it is given. */
export async function startMailServer(user?: { readonly name: string; readonly password: string }) {
  const port = await findFreePort()
  const mails: ReceivedMail[] = []
  let refusal: string | undefined
  let unknown: string | undefined
  const release: (() => void)[] = []
  let isSlow = false

  function createServer(): SMTPServer {
    return new SMTPServer({
      hideSTARTTLS: true,
      authOptional: user === undefined,
      onAuth({ username, password }, _session, answer) {
        const isRight = username === user?.name && password === user.password
        if (isRight) answer(null, { user: username })
        else answer(new Error('wrong user or password'))
      },
      onMailFrom(_address, _session, answer) {
        answer(refusal === undefined ? null : new Error(refusal))
      },
      onRcptTo({ address }, _session, answer) {
        answer(address === unknown ? new Error('nobody of that name') : null)
      },
      onData(stream, { envelope }, answer) {
        text(stream).then(async (message) => {
          if (isSlow) await new Promise<void>((resolve) => release.push(resolve))
          mails.push(parseMail(message, envelope.rcptTo))
          answer()
        }, answer)
      },
    })
  }

  let server: SMTPServer | undefined
  async function start(): Promise<void> {
    const fresh = createServer()
    // Whoever goes away in the middle is the business of the sender.
    fresh.on('error', () => {})
    await new Promise<void>((resolve) => fresh.listen(port, '127.0.0.1', resolve))
    server = fresh
  }
  async function stop(): Promise<void> {
    const old = server
    server = undefined
    if (old !== undefined) await new Promise<void>((resolve) => old.close(resolve))
  }
  await start()

  const credentials =
    user === undefined
      ? ''
      : `${encodeURIComponent(user.name)}:${encodeURIComponent(user.password)}@`
  return {
    url: `smtp://${credentials}127.0.0.1:${port}`,
    mails,
    start,
    stop,
    refuse(because: string | undefined) {
      refusal = because
    },
    refuseAddress(address: string) {
      unknown = address
    },
    /** Takes the mail but keeps the sender waiting for its answer. */
    slowDown() {
      isSlow = true
    },
    waiting: () => release.length,
    goOn() {
      isSlow = false
      for (const answer of release.splice(0)) answer()
    },
  }
}

export type MailServer = Awaited<ReturnType<typeof startMailServer>>

function parseMail(
  message: string,
  recipients: readonly { readonly address: string }[],
): ReceivedMail {
  const [head = '', ...body] = message.split('\r\n\r\n')
  const to = recipients.map(({ address }) => address)
  const headers = head.replace(/\r\n[ \t]+/g, ' ')
  const subject = decoded(/^Subject: (.*)$/m.exec(headers)?.[1]?.trim() ?? '')
  const unsubscribe = /^List-Unsubscribe: <(.*)>$/im.exec(headers)?.[1]?.trim()
  const more = unsubscribe === undefined ? {} : { unsubscribe }
  const boundary = /boundary="([^"]+)"/.exec(head)?.[1]
  if (boundary === undefined) return { to, subject, text: contentOf(message), ...more }
  const [, text = '', html = ''] = body.join('\r\n\r\n').split(`--${boundary}`)
  return { to, subject, text: contentOf(text), html: contentOf(html), ...more }
}

// RFC 2047, in the two ways in which mailers write it.
function decoded(header: string): string {
  return header
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?utf-8\?([bq])\?([^?]*)\?=/gi, (_, kind: string, text: string) =>
      kind.toLowerCase() === 'b'
        ? Buffer.from(text, 'base64').toString('utf8')
        : fromQuotedPrintable(text.replaceAll('_', ' ')),
    )
}

/** What stands below the head of a mail, or of a part of one. */
function contentOf(part: string): string {
  const [head = '', ...body] = part.split('\r\n\r\n')
  const content = body.join('\r\n\r\n')
  if (/base64/i.test(head)) return Buffer.from(content, 'base64').toString('utf8')
  const plain = content.replaceAll('\r\n', '\n')
  return /quoted-printable/i.test(head) ? fromQuotedPrintable(plain) : plain
}

function fromQuotedPrintable(text: string): string {
  const joined = text.replaceAll('=\n', '')
  const bytes = joined.replace(/=([0-9A-F]{2})/g, (_, hex) =>
    String.fromCharCode(parseInt(hex, 16)),
  )
  return Buffer.from(bytes, 'latin1').toString('utf8')
}
