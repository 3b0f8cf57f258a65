import { format } from '../../lib/format.js'
import type { DataRule } from './draft.js'
import { isolated, type Terms } from './terms.js'

const orders = ['gt', 'gte', 'lt', 'lte'] as const
const wordsForNo = ['false', 'False', 'no', 'No', '-']

/** One data rule in words: `“Grade” is at least 0.8`. */
export function conditionOf(rule: DataRule, eventType: string, terms: Terms): string {
  const { say } = terms
  const label = isolated(terms.labelOf(eventType, rule.keyPath))
  const type = terms.typeOf(eventType, rule.keyPath)
  if (rule.operator === 'exists') {
    const isWanted = !wordsForNo.includes(String(rule.value))
    return say(isWanted ? 'say.if.exists' : 'say.if.missing', { label })
  }
  const value = valueText(rule, type, terms)
  const order = orders.find((one) => one === rule.operator)
  if (order !== undefined && type === 'datetime')
    return say(`say.if.${order}Date`, { label, value })
  return say(`say.if.${rule.operator}`, { label, value })
}

function valueText({ operator, value }: DataRule, type: FieldType, terms: Terms): string {
  const texts = [value].flat().map((each) => isolated(oneText(each, type, terms)))
  return format.list(texts, operator === 'not_in' ? 'conjunction' : 'disjunction')
}

type FieldType = ReturnType<Terms['typeOf']>

function oneText(value: string, type: FieldType, { say, nameOf }: Terms): string {
  if (value === '') return say('say.value.empty')
  if (type === 'boolean')
    return wordsForNo.includes(value) ? say('say.value.no') : say('say.value.yes')
  if (type === 'datetime') return isDate(value) ? format.dateTime(value) : value
  return nameOf(value)
}

function isDate(text: string): boolean {
  return !Number.isNaN(new Date(text).getTime())
}
