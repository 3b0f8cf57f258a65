import { type RefObject, useState } from 'react'
import type { DataRule } from './draft.js'
import { faultAtField, looksLikeKey } from './draft-faults.js'
import { faultText } from './fault-words.js'
import { useFieldOptions } from './field-options.js'
import { useRules } from './rules-context.js'
import { type Option, ValuesInput } from './values-input.js'

type Props = {
  readonly part: {
    readonly id: string
    readonly eventType: string
    readonly dataRules: readonly DataRule[]
  }
  readonly keyPath: string
  readonly label: string
  readonly values: readonly string[]
  readonly onChange: (values: readonly string[]) => void
  readonly isLabelHidden?: boolean
  readonly any?: { readonly label: string; readonly onChoose: () => void }
  readonly isAny?: boolean
  readonly most?: number
  /** The place of its rule among the data rules, for its fault. */
  readonly at?: number
  readonly field?: RefObject<HTMLInputElement | null> | undefined
}

/** Chooses courses, badges and the like by name, completed from what the event log has seen. */
export function ObjectInput({ part, keyPath, values, at = -1, ...input }: Props) {
  const { terms, faults, isStrict, mayEdit } = useRules()
  const [search, setSearch] = useState('')
  const { options, isLoading } = useFieldOptions({ eventType: part.eventType, keyPath, search })
  const type = terms.typeOf(part.eventType, keyPath)
  const takes = (text: string) => type !== 'key' || looksLikeKey(keyPath, text)
  const fault = at < 0 ? undefined : faultAtField(faults, part.id, `dataRules[${at}].value`)
  const isHeld = fault !== undefined && values.length === 0 && !isStrict
  const error = isHeld ? undefined : faultText(fault, terms.say, { value: values, type })
  return (
    <ValuesInput
      {...input}
      values={values}
      options={withNames(options, values, terms.nameOf)}
      isLoading={isLoading}
      onSearch={setSearch}
      {...(keyPath !== 'template.uuid' && { takes })}
      placeholder={placeholderOf(keyPath, terms.say)}
      error={error}
      disabled={!mayEdit}
    />
  )
}

/** What is chosen keeps its name also while the list shows what is searched for. */
function withNames(
  options: readonly Option[],
  values: readonly string[],
  nameOf: (value: string) => string,
): readonly Option[] {
  const missing = values.filter((value) => !options.some((option) => option.value === value))
  return [...options, ...missing.map((value) => ({ value, label: nameOf(value) }))]
}

function placeholderOf(keyPath: string, say: ReturnType<typeof useRules>['terms']['say']): string {
  if (keyPath === 'template.uuid') return say('values.badge')
  if (/course_key|course_id/.test(keyPath)) return say('values.course')
  return say('values.any')
}
