import { Combobox, Group, Loader, Pill, PillsInput, Text, useCombobox } from '@mantine/core'
import { type KeyboardEvent, type ReactNode, type RefObject, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'

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
  /** Whether what is typed may be taken as it is. */
  readonly takesText?: boolean
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
  // biome-ignore lint/correctness/useExhaustiveDependencies: the first fit is marked when the text is another
  useEffect(() => {
    if (text !== '') box.selectFirstOption()
  }, [text])
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
  const removeLast = (event: KeyboardEvent) => {
    if (event.key !== 'Backspace' || text !== '' || values.length === 0) return
    event.preventDefault()
    props.onChange(values.slice(0, -1))
  }
  return (
    <Combobox store={box} onOptionSubmit={choose} withinPortal>
      <Combobox.DropdownTarget>
        <PillsInput
          size="sm"
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
                style={{ minWidth: values.length > 0 || isAny ? 32 : 100 }}
                disabled={props.disabled ?? false}
                onFocus={() => box.openDropdown()}
                onBlur={() => box.closeDropdown()}
                onChange={(event) => search(event.currentTarget.value)}
                onKeyDown={removeLast}
              />
            </Combobox.EventsTarget>
          </Pill.Group>
        </PillsInput>
      </Combobox.DropdownTarget>
      <Combobox.Dropdown>
        <Options {...props} text={text} />
      </Combobox.Dropdown>
    </Combobox>
  )
}

function Options(props: Props & { readonly text: string }) {
  const { text, options, values, label, takesText = false, any } = props
  const { t } = useTranslation('rules')
  const wanted = text.trim().toLocaleLowerCase()
  const found = options.filter(
    ({ value, label: name }) =>
      !values.includes(value) && `${name} ${value}`.toLocaleLowerCase().includes(wanted),
  )
  const typed = text.trim()
  const isNew = typed !== '' && !options.some(({ value }) => value === typed)
  const isEmpty = found.length === 0 && !(takesText && isNew) && any === undefined
  return (
    <Combobox.Options mah={320} style={{ overflowY: 'auto' }} aria-label={label}>
      {any !== undefined && wanted === '' && props.isAny !== true && (
        <Combobox.Option value={anyValue}>{any.label}</Combobox.Option>
      )}
      {found.map((option) => (
        <Combobox.Option key={option.value} value={option.value}>
          <OptionRow {...option} />
        </Combobox.Option>
      ))}
      {takesText && isNew && (
        <Combobox.Option value={`${textValue}${typed}`}>
          {t('values.take', { text: typed })}
        </Combobox.Option>
      )}
      {isEmpty && <Combobox.Empty>{t('values.none')}</Combobox.Empty>}
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

/** What is chosen already is read out with the label, as it is seen beside it. */
function describe(label: string, chosen: readonly string[]): string {
  return chosen.length === 0 ? label : `${label}: ${chosen.join(', ')}`
}
