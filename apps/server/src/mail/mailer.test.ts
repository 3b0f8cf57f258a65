import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type MailServer, startMailServer } from '../testing/mail-server.js'
import { createMailer, toConnection } from './mailer.js'

const user = { name: 'rosette@example.org', password: 'p:a/s@s' }
const settings = {
  from: 'Rosette <rosette@example.org>',
  to: ['ada@example.org', 'bo@example.org'],
}
const mail = { subject: 'Rosette: 1 thing needs you', text: '- Größe “é”\n\nSee to it.\n' }

describe('the address of a mail server', () => {
  it('says how it is reached, with the usual ports', () => {
    expect(toConnection('smtps://mail.example.org')).toEqual({
      host: 'mail.example.org',
      port: 465,
      secure: true,
      ignoreTLS: false,
    })
    expect(toConnection('smtp://mail.example.org:25')).toMatchObject({ port: 25, secure: false })
    expect(toConnection('smtp://[::1]')).toMatchObject({ host: '::1', port: 587, ignoreTLS: true })
  })

  it('never lets a password go over an open wire', () => {
    const auth = { user: 'a@b', pass: 'x/y' }
    const elsewhere = toConnection('smtp://a%40b:x%2Fy@mail.example.org')
    expect(elsewhere).toMatchObject({ auth, requireTLS: true, ignoreTLS: false })
    expect(toConnection('smtp://a%40b:x%2Fy@localhost')).toMatchObject({ auth, requireTLS: false })
  })
})

describe('a mailer', () => {
  let server: MailServer
  beforeEach(async () => {
    server = await startMailServer(user)
  })
  afterEach(() => server.stop())

  it('signs in and sends one text to all', async () => {
    await createMailer({ ...settings, url: server.url }).send(mail)
    expect(server.mails).toEqual([{ to: settings.to, subject: mail.subject, text: mail.text }])
  })

  it('fails with a wrong password, and never names it', async () => {
    const url = server.url.replace(/:[^:@]*@/, ':hunter2@')
    const error = await createMailer({ ...settings, url })
      .send(mail)
      .catch((e: unknown) => e)
    expect(error).toBeInstanceOf(Error)
    expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain('hunter2')
    expect(server.mails).toEqual([])
  })

  it('sends to the others when one address is refused', async () => {
    server.refuseAddress('ada@example.org')
    await createMailer({ ...settings, url: server.url }).send(mail)
    expect(server.mails).toMatchObject([{ to: ['bo@example.org'] }])
  })
})
