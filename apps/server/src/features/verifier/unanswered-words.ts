import type { Asked } from './inquiry.js'

const status = /\banswers (?:with status )?(\d{3})\b/

/** Why an address gave nothing that could be checked, in a sentence for whoever gave the address. */
export function unansweredWords({ url, problem = '', isGone }: Asked): string {
  const host = hostOf(url)
  if (isGone === true) {
    return 'The address of the badge says that it is gone. That is how issuers answer for a badge that they took back.'
  }
  if (problem.includes('private network')) {
    return `${host} is in a private network, where this site asks nobody.`
  }
  const [, code = ''] = status.exec(problem) ?? []
  if (code === '404') return `${host} says that there is nothing at this address.`
  if (code === '401' || code === '403') return `${host} shows this only to people it knows.`
  if (code.startsWith('5')) return `${host} has a problem of its own at the moment (${code}).`
  if (code !== '') return `${host} refused to answer (${code}).`
  return problem === 'did not answer' ? `${host} did not answer.` : problem
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : 'The address'
}
