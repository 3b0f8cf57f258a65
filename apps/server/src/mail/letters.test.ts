import { describe, expect, it } from 'vitest'
import { invitationLetter, resetLetter } from './letters.js'

const parts = {
  to: 'ada@example.org',
  site: 'badges.example',
  url: 'https://badges.example/console/invitation#secret',
  organization: 'Arts & <Crafts>',
  inviter: 'Bo\r\nBcc: all@example.org',
  role: 'editor' as const,
  until: '2026-05-08T08:00:00Z',
}

describe('a letter', () => {
  it('says the same in plain text and laid out, with everything escaped', () => {
    const mail = invitationLetter(parts)
    expect(mail.to).toEqual(['ada@example.org'])
    expect(mail.subject).toBe('You are invited to Arts & <Crafts> at badges.example')
    expect(mail.text).toContain('badges of Arts & <Crafts> at badges.example, as an editor.')
    expect(mail.text).toContain(`Accept the invitation:\n${parts.url}\n`)
    expect(mail.text).toContain('until May 8, 2026')
    expect(mail.html).toContain('Arts &#38; &#60;Crafts&#62;')
    expect(mail.html).not.toContain('<Crafts>')
    expect(
      mail.html?.match(/href="https:\/\/badges\.example\/console\/invitation#secret"/g),
    ).toHaveLength(2)
  })

  it('has no place for another header in its subject', () => {
    const mail = invitationLetter({ ...parts, organization: 'A\r\nBcc: all@example.org' })
    expect(mail.subject).not.toMatch(/[\r\n]/)
  })

  it('of a forgotten password greets by name', () => {
    const mail = resetLetter({
      to: 'ada@example.org',
      name: 'Ada',
      site: 'x.example',
      url: 'https://x/#y',
    })
    expect(mail.text).toMatch(/^Hello Ada,\n\n/)
    expect(mail.text).toContain('https://x/#y')
  })
})
