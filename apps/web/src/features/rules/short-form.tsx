import { Button, Text } from '@mantine/core'
import { type RefObject, useState } from 'react'
import { AtLeast } from './count-input.js'
import type { DataRule, DraftPenalty, DraftRequirement } from './draft.js'
import { ObjectInput } from './object-input.js'
import classes from './rules.module.css'
import { useRules } from './rules-context.js'
import { masterPath, type Shape, shapeOf, withExcept, withObject } from './shape.js'
import { ValueInput } from './value-input.js'

type Part = DraftRequirement | DraftPenalty
type Props = {
  readonly part: Part
  readonly onChange: (change: {
    dataRules?: readonly DataRule[]
    count?: DraftRequirement['count']
  }) => void
  readonly field?: RefObject<HTMLInputElement | null>
}

/** The inputs that matter most, within the card: which course, how many, except which. */
export function ShortForm({ part, onChange, field }: Props) {
  const shape = shapeOf(part)
  const count = 'count' in part ? part.count : null
  const { object } = shape
  const isOf = shape.of !== undefined && shape.which === 'any'
  const shown = shape.rest.filter(({ operator }) => operator !== 'exists').slice(0, 2)
  const set = (dataRules: readonly DataRule[]) => onChange({ dataRules })
  return (
    <div className={classes.inputs}>
      {object !== undefined && (
        <Which {...{ part, shape, set, field }} keyPath={isOf ? masterPath : object.keyPath} />
      )}
      {object !== undefined && shape.which === 'any' && (
        <Except {...{ part, shape, set }} keyPath={object.keyPath} />
      )}
      {count !== null && 'count' in part && (
        <AtLeast way={part} count={count} onChange={(next) => onChange({ count: next })} />
      )}
      {shown.map((rule) => (
        <Rest key={`${rule.keyPath} ${rule.operator}`} {...{ part, rule, set }} />
      ))}
    </div>
  )
}

type InputProps = {
  readonly part: Part
  readonly shape: Shape
  readonly keyPath: string
  readonly set: (dataRules: readonly DataRule[]) => void
  readonly field?: RefObject<HTMLInputElement | null> | undefined
}

function Which({ part, shape, keyPath, set, field }: InputProps) {
  const { terms, mayEdit } = useRules()
  const { say } = terms
  const isMaster = keyPath === masterPath
  const values = isMaster ? (shape.of ?? []) : shape.names
  const kind = isMaster ? 'course' : (shape.object?.kind ?? 'course')
  const isAny = !isMaster && shape.which === 'any'
  const at = part.dataRules.findIndex(
    (rule) => rule.keyPath === keyPath && (rule.operator === 'eq' || rule.operator === 'in'),
  )
  const any = {
    label: say(`which.any.${kind}`),
    onChoose: () => set(withObject(part, keyPath, 'any')),
  }
  return (
    <ObjectInput
      part={part}
      keyPath={keyPath}
      label={isMaster ? say('which.of') : say(`which.one.${kind}`)}
      values={values}
      onChange={(next) => set(withObject(part, keyPath, next))}
      at={at}
      isAny={isAny}
      field={field}
      {...(mayEdit && { any })}
    />
  )
}

/** Any of them but these; asked for only when somebody wants it. */
function Except({ part, shape, keyPath, set }: InputProps) {
  const { terms, mayEdit } = useRules()
  const { say } = terms
  const [isOpen, setOpen] = useState(false)
  if (shape.except.length === 0 && !isOpen) {
    if (!mayEdit) return null
    return (
      <Button
        size="sm"
        variant="subtle"
        onClick={() => setOpen(true)}
        style={{ placeSelf: 'end start' }}
      >
        {say('which.addExcept')}
      </Button>
    )
  }
  const at = part.dataRules.findIndex(
    (rule) => rule.keyPath === keyPath && (rule.operator === 'ne' || rule.operator === 'not_in'),
  )
  return (
    <ObjectInput
      part={part}
      keyPath={keyPath}
      label={say('which.except')}
      values={shape.except}
      onChange={(next) => set(withExcept(part, keyPath, next))}
      at={at}
    />
  )
}

type RestProps = Pick<InputProps, 'part' | 'set'> & { readonly rule: DataRule }

/** `Grade is at least`, with the value beside it. */
function Rest({ part, rule, set }: RestProps) {
  const { terms } = useRules()
  const label = terms.labelOf(part.eventType, rule.keyPath)
  return (
    <div>
      <Text size="sm" fw={500} mb={2} aria-hidden>
        {terms.say('rule.short', { label, operator: terms.say(`operators.${rule.operator}`) })}
      </Text>
      <ValueInput
        part={part}
        at={part.dataRules.indexOf(rule)}
        rule={rule}
        onChange={(value) =>
          set(part.dataRules.map((each) => (each === rule ? { ...rule, value } : each)))
        }
      />
    </div>
  )
}
