import { noticeKinds } from '@rosette/contract'
import { describe, expect, it } from 'vitest'
import { noticeSentence } from './notice-sentence.js'

const subject = 'provider-account/1'
const detail = {
  account: 'Faculty of Arts',
  provider: 'credly',
  reason: 'Credly does not accept the key.',
  keyExpiresAt: '2026-12-01T08:00:00Z',
  template: 'Data Analysis',
  state: 'deleted',
}

describe('the sentence of a notice', () => {
  it.each(noticeKinds)('of kind %s names what it is about, and leaves no gap', (kind) => {
    const sentence = noticeSentence({ kind, subject, detail })
    expect(sentence).toMatch(/^[A-Z].*\.$/)
    expect(sentence).toContain('"Faculty of Arts"')
    expect(sentence).toContain('Credly')
    expect(sentence).not.toMatch(/[{}]|unknown|\.\./)
  })

  it('tells the day and not the second', () => {
    const sentence = noticeSentence({ kind: 'key-ends-soon', subject, detail })
    expect(sentence).toContain('ends on 2026-12-01.')
  })

  it('stays on one line whatever a provider said', () => {
    const reason = 'It said:\r\n  <h1>502</h1>\n'
    const sentence = noticeSentence({ kind: 'sync-failed', subject, detail: { ...detail, reason } })
    expect(sentence).toMatch(/: It said: <h1>502<\/h1>\.$/)
  })

  it('does without what is missing, and with a kind of a later version', () => {
    expect(noticeSentence({ kind: 'sync-failed', subject, detail: {} })).toContain('"unknown"')
    expect(noticeSentence({ kind: 'moon-fell', subject, detail })).toBe(
      'Something needs a person (moon-fell, provider-account/1).',
    )
  })

  it('takes no words from the prototype', () => {
    expect(noticeSentence({ kind: 'constructor', subject, detail })).toContain('(constructor,')
  })
})
