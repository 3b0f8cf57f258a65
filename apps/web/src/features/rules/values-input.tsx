import { Combobox, Group, Loader, Pill, PillsInput, Text, useCombobox } from '@mantine/core'
import { type KeyboardEvent, type ReactNode, type RefObject, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'

import classes from './rules.module.css'

export type Option = {
  readonly value: string
  readonly label: string
  /** What stands below the label, smaller. */
  readonly detail?: string | undefined
  readonly picture?: ReactNode
}

type Props = {
  readonly label: string
  readonly isLabelHidden?: boolean
  readonly values: readonly string[]
  readonly onChange: (values: readonly string[]) => void
  readonly options: readonly Option[]
  readonly placeholder: string
  readonly most?: number
  readonly isLoading?: boolean
  readonly onSearch?: (text: string) => void
  /** Whether what is typed may be taken as it is; on leaving, it is. */
  readonly takes?: (text: string) => boolean
  readonly error?: string | undefined
  /** Offered before all others: `any course`. */
  readonly any?: { readonly label: string; readonly onChoose: () => void } | undefined
  readonly isAny?: boolean
  readonly field?: RefObject<HTMLInputElement | null> | undefined
  readonly disabled?: boolean
}

const anyValue = '\u0000any'
const textValue = '\u0000text:'

/** Chooses one or several of what is known, or takes what is typed. */
export function ValuesInput(props: Props) {
  const { label, isLabelHidden = false, values, options, error, isAny = false, any } = props
  const { t } = useTranslation('rules')
  const [text, setText] = useState('')
  const box = useCombobox({ onDropdownClose: () => box.resetSelectedOption() })
  const offered = offeredOf(props, text)
  const first = offered[0]
  // biome-ignore lint/correctness/useExhaustiveDependencies: the first fit is marked when it is another
  useEffect(() => {
    if (text !== '') box.selectFirstOption()
  }, [text, first])
  const search = (next: string) => {
    setText(next)
    props.onSearch?.(next)
    box.openDropdown()
    box.updateSelectedOptionIndex()
  }
  const choose = (chosen: string) => {
    search('')
    if (chosen === anyValue) any?.onChoose()
    else props.onChange(chosenWith(props, chosen.replace(textValue, '')))
    if (chosen === anyValue || props.most === 1) box.closeDropdown()
  }
  const labelOf = (value: string) => options.find((one) => one.value === value)?.label ?? value
  const press = (event: KeyboardEvent) => {
    if (event.key === 'Backspace' && text === '' && values.length > 0) {
      event.preventDefault()
      props.onChange(values.slice(0, -1))
    }
    const isUnmarked = box.getSelectedOptionIndex() === -1
    if (event.key === 'Enter' && text.trim() !== '' && isUnmarked && first !== undefined) {
      event.preventDefault()
      choose(first)
    }
  }
  const leave = () => {
    const typed = text.trim()
    if (typed !== '' && props.takes?.(typed)) props.onChange(chosenWith(props, typed))
    setText('')
    box.closeDropdown()
  }
  return (
    <Combobox store={box} onOptionSubmit={choose} withinPortal>
      <Combobox.DropdownTarget>
        <PillsInput
          size="sm"
          classNames={{ input: classes['pills'] ?? '' }}
          {...(!isLabelHidden && { label })}
          error={error}
          disabled={props.disabled ?? false}
          onClick={() => box.openDropdown()}
          rightSection={props.isLoading ? <Loader size="xs" aria-hidden /> : <Combobox.Chevron />}
          rightSectionPointerEvents="none"
        >
          <Pill.Group>
            {isAny && any !== undefined && <Pill>{any.label}</Pill>}
            {values.map((value) => (
              <Pill
                key={value}
                withRemoveButton={props.disabled !== true}
                onRemove={() => props.onChange(values.filter((one) => one !== value))}
                removeButtonProps={{ 'aria-label': t('values.remove', { value: labelOf(value) }) }}
              >
                {labelOf(value)}
              </Pill>
            ))}
            <Combobox.EventsTarget withExpandedAttribute>
              <PillsInput.Field
                ref={props.field}
                role="combobox"
                aria-label={describe(label, values.map(labelOf))}
                placeholder={values.length === 0 && !isAny ? props.placeholder : ''}
                value={text}
                style={{ minWidth: roomFor(props) }}
                disabled={props.disabled ?? false}
                onFocus={() => box.openDropdown()}
                onBlur={leave}
                onChange={(event) => search(event.currentTarget.value)}
                onKeyDown={press}
              />
            </Combobox.EventsTarget>
          </Pill.Group>
        </PillsInput>
      </Combobox.DropdownTarget>
      <Combobox.Dropdown>
        <Options {...props} text={text} offered={offered} />
      </Combobox.Dropdown>
    </Combobox>
  )
}

/** What can be chosen, in order: any, what fits, what is typed. */
function offeredOf({ options, values, takes, any, isAny = false }: Props, text: string): string[] {
  const typed = text.trim()
  const wanted = typed.toLocaleLowerCase()
  const fits = ({ value, label, detail = '' }: Option) =>
    !values.includes(value) && `${label} ${value} ${detail}`.toLocaleLowerCase().includes(wanted)
  const isNew = typed !== '' && !options.some(({ value }) => value === typed)
  return [
    ...(any !== undefined && typed === '' && !isAny ? [anyValue] : []),
    ...options.filter(fits).map(({ value }) => value),
    ...(takes !== undefined && isNew ? [`${textValue}${typed}`] : []),
  ]
}

type OptionsProps = Props & { readonly text: string; readonly offered: readonly string[] }

function Options({ text, offered, options, label, any }: OptionsProps) {
  const { t } = useTranslation('rules')
  return (
    <Combobox.Options mah={320} style={{ overflowY: 'auto' }} aria-label={label}>
      {offered.map((value) => {
        const option = options.find((one) => one.value === value)
        return (
          <Combobox.Option key={value} value={value}>
            {option !== undefined ? (
              <OptionRow {...option} />
            ) : value === anyValue ? (
              any?.label
            ) : (
              t('values.take', { text: text.trim() })
            )}
          </Combobox.Option>
        )
      })}
      {offered.length === 0 && <Combobox.Empty>{t('values.none')}</Combobox.Empty>}
    </Combobox.Options>
  )
}

function OptionRow({ value, label, detail, picture }: Option) {
  return (
    <Group gap="sm" wrap="nowrap">
      {picture}
      <div>
        <Text size="sm">{label}</Text>
        {(detail !== undefined || label !== value) && (
          <Text size="xs" c="dimmed">
            {detail ?? value}
          </Text>
        )}
      </div>
    </Group>
  )
}

function chosenWith({ values, most }: Props, chosen: string): readonly string[] {
  if (values.includes(chosen)) return values
  return most === 1 ? [chosen] : [...values, chosen]
}

/** Beside what is chosen there is little left to type, or nothing where one is all there can be. */
function roomFor({ values, isAny = false, most }: Props): number {
  if (values.length === 0 && !isAny) return 100
  return most === values.length ? 1 : 32
}

/** What is chosen already is read out with the label, as it is seen beside it. */
function describe(label: string, chosen: readonly string[]): string {
  return chosen.length === 0 ? label : `${label}: ${chosen.join(', ')}`
}
