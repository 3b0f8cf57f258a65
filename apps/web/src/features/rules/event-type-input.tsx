import { type ComboboxItem, type ComboboxParsedItem, Select, Text } from '@mantine/core'
import { subjectOf, subjects } from './event-words.js'
import { useRules } from './rules-context.js'

type Props = { readonly value: string; readonly onChange: (eventType: string) => void }

/** Chooses an event type by what it means, grouped by subject; the technical name stands below, and is found too. */
export function EventTypeInput({ value, onChange }: Props) {
  const { terms, types, mayEdit } = useRules()
  const { say } = terms
  const item = (eventType: string) => ({ value: eventType, label: terms.titleOf(eventType) })
  const known = types.map(({ eventType }) => eventType)
  const all = known.includes(value) || value === '' ? known : [...known, value]
  const groups = [...subjects, undefined].map((subject) => ({
    group: say(`subjects.${subject ?? 'other'}`),
    items: all.filter((eventType) => subjectOf(eventType) === subject).map(item),
  }))
  return (
    <Select
      size="sm"
      label={say('full.eventType')}
      description={value}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      searchable
      allowDeselect={false}
      disabled={!mayEdit}
      nothingFoundMessage={say('values.none')}
      value={value}
      data={groups.filter(({ items }) => items.length > 0)}
      filter={({ options, search }) => found(options, search)}
      renderOption={({ option }) => (
        <div>
          <Text size="sm">{option.label}</Text>
          <Text size="xs" c="dimmed" ff="monospace">
            {option.value}
          </Text>
        </div>
      )}
      onChange={(next) => next !== null && next !== value && onChange(next)}
    />
  )
}

function fits({ value, label }: ComboboxItem, wanted: string): boolean {
  return `${label} ${value}`.toLocaleLowerCase().includes(wanted)
}

function found(options: readonly ComboboxParsedItem[], search: string): ComboboxParsedItem[] {
  const wanted = search.trim().toLocaleLowerCase()
  return options.flatMap((option): ComboboxParsedItem[] => {
    if (!('group' in option)) return fits(option, wanted) ? [option] : []
    const items = option.items.filter((item) => fits(item, wanted))
    return items.length > 0 ? [{ group: option.group, items }] : []
  })
}
