import type { RawSettings } from './env.js'
import type { Complain } from './problems.js'

const names = ['ROSETTE_MAIL_URL', 'ROSETTE_MAIL_FROM', 'ROSETTE_MAIL_TO'] as const

const address = /^[^\s@<>"(),;:\\]+@[^\s@<>"(),;:\\]+$/
const namedAddress = /^[^<>"\p{Cc}]*<([^<>]+)>$/u

/** Who is told by mail what needs a person; undefined where nobody is. The three settings belong together. */
export function parseMailConfig(raw: RawSettings, complain: Complain) {
  const given = names.filter((name) => raw[name] !== undefined)
  if (given.length === 0) return undefined
  for (const name of names.filter((one) => !given.includes(one))) {
    const problem = `is missing, though ${given.join(' and ')} ${given.length === 1 ? 'is' : 'are'} set.`
    complain(name, problem, `Set ${names.join(', ')}, or none of them.`)
  }
  return {
    from: parseSender(raw.ROSETTE_MAIL_FROM, complain),
    to: parseRecipients(raw.ROSETTE_MAIL_TO, complain),
  } as const
}

function parseSender(text: string | undefined, complain: Complain): string {
  const sender = text?.trim() ?? ''
  const plain = namedAddress.exec(sender)?.[1]?.trim() ?? sender
  if (text !== undefined && !address.test(plain)) {
    const remedy = 'Write one address, such as Rosette <rosette@university.example>.'
    complain('ROSETTE_MAIL_FROM', `is "${text}", which is no address.`, remedy)
  }
  return sender
}

function parseRecipients(text: string | undefined, complain: Complain): readonly string[] {
  const recipients = (text ?? '').split(',').map((one) => one.trim())
  const wrong = recipients.filter((one) => !address.test(one))
  if (text === undefined || wrong.length === 0) return recipients
  const problem = `holds ${wrong.map((one) => `"${one}"`).join(' and ')}, which is no address.`
  complain('ROSETTE_MAIL_TO', problem, 'Write addresses such as ada@example.org, with commas.')
  return recipients
}
