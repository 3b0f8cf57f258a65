import { NativeSelect, SegmentedControl, TextInput } from '@mantine/core'
import type { DataRule } from './draft.js'
import { faultAtField } from './draft-faults.js'
import { faultText } from './fault-words.js'
import { toInstant, toLocal } from './local-time.js'
import { ObjectInput } from './object-input.js'
import { useRules } from './rules-context.js'
import { valuesOf } from './shape.js'

type Props = {
  readonly part: {
    readonly id: string
    readonly eventType: string
    readonly dataRules: readonly DataRule[]
  }
  readonly at: number
  readonly rule: DataRule
  readonly onChange: (value: DataRule['value']) => void
  readonly isLabelHidden?: boolean
}

const whole = ['eq', 'ne', 'in', 'not_in']
const noWords = ['false', 'False', 'no', 'No', '-']

/** The value of a data rule, by the type of its field and what it is compared with. */
export function ValueInput({ part, at, rule, onChange, isLabelHidden = true }: Props) {
  const { terms, faults, isStrict, mayEdit } = useRules()
  const { say } = terms
  const type = terms.typeOf(part.eventType, rule.keyPath)
  const label = say('rule.valueOf', { label: terms.labelOf(part.eventType, rule.keyPath) })
  const fault = faultAtField(faults, part.id, `dataRules[${at}].value`)
  const text = valuesOf(rule)[0] ?? ''
  const isHeld = text === '' && !isStrict
  const error = isHeld ? undefined : faultText(fault, say, { value: rule.value, type })
  const isList = rule.operator === 'in' || rule.operator === 'not_in'
  if (rule.operator === 'exists' || (type === 'boolean' && !isList)) {
    return <YesOrNo label={label} value={text} onChange={onChange} />
  }
  if (whole.includes(rule.operator) && (isList || type === 'key' || type === 'text')) {
    const set = (values: readonly string[]) => onChange(isList ? values : (values.at(-1) ?? ''))
    return (
      <ObjectInput
        part={part}
        keyPath={rule.keyPath}
        label={label}
        isLabelHidden={isLabelHidden}
        values={valuesOf(rule)}
        onChange={set}
        at={at}
        {...(!isList && { most: 1 })}
      />
    )
  }
  const isTime = type === 'datetime'
  return (
    <TextInput
      size="sm"
      {...(isLabelHidden ? { 'aria-label': label } : { label })}
      error={error}
      disabled={!mayEdit}
      type={isTime ? 'datetime-local' : 'text'}
      inputMode={isNumber(type, rule) ? 'decimal' : 'text'}
      value={isTime ? toLocal(text) : text}
      onChange={({ currentTarget: { value } }) => onChange(isTime ? toInstant(value) : value)}
    />
  )
}

type YesOrNoProps = {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
}

function YesOrNo({ label, value, onChange }: YesOrNoProps) {
  const { terms, mayEdit } = useRules()
  return (
    <SegmentedControl
      size="sm"
      aria-label={label}
      disabled={!mayEdit}
      value={noWords.includes(value) ? 'false' : 'true'}
      onChange={onChange}
      data={[
        { value: 'true', label: terms.say('rule.yes') },
        { value: 'false', label: terms.say('rule.no') },
      ]}
    />
  )
}

type OperatorProps = {
  readonly rule: DataRule
  readonly eventType: string
  readonly onChange: (rule: DataRule) => void
}

/** How the field is compared, in words that fit its type. */
export function OperatorInput({ rule, eventType, onChange }: OperatorProps) {
  const { terms, types, mayEdit } = useRules()
  const { say } = terms
  const field = types
    .find((type) => type.eventType === eventType)
    ?.keyPaths.find(({ path }) => path === rule.keyPath)
  const operators = field?.operators ?? [rule.operator]
  const isDate = field?.type === 'datetime'
  const words = (operator: DataRule['operator']) =>
    isDate && (operator === 'gt' || operator === 'gte' || operator === 'lt' || operator === 'lte')
      ? say(`operators.${operator}Date`)
      : say(`operators.${operator}`)
  return (
    <NativeSelect
      size="sm"
      aria-label={say('rule.operator')}
      disabled={!mayEdit}
      value={rule.operator}
      onChange={({ currentTarget: { value } }) => {
        const operator = operators.find((one) => one === value)
        if (operator !== undefined) onChange(compared(rule, operator))
      }}
      data={operators.map((operator) => ({ value: operator, label: words(operator) }))}
    />
  )
}

/** The same rule with another operator: its value is kept as far as it fits. */
function compared(rule: DataRule, operator: DataRule['operator']): DataRule {
  const values = valuesOf(rule)
  if (operator === 'in' || operator === 'not_in') return { ...rule, operator, value: values }
  if (operator === 'exists') return { ...rule, operator, value: 'true' }
  return { ...rule, operator, value: rule.operator === 'exists' ? '' : (values[0] ?? '') }
}

function isNumber(type: string | undefined, { operator }: DataRule): boolean {
  return type === 'number' || ['gt', 'gte', 'lt', 'lte'].includes(operator)
}
