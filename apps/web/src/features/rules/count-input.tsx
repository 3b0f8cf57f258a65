import { Group, NativeSelect, NumberInput } from '@mantine/core'
import type { DraftRequirement } from './draft.js'
import { faultAtField } from './draft-faults.js'
import { faultText } from './fault-words.js'
import { useRules } from './rules-context.js'

type Count = DraftRequirement['count']
type Props = { readonly way: DraftRequirement; readonly onChange: (count: Count) => void }

/** How often: once, so many times, or with so many different values. */
export function CountInput({ way, onChange }: Props) {
  const { terms, types, faults, mayEdit } = useRules()
  const { say } = terms
  const { count, eventType } = way
  const fields = types.find((type) => type.eventType === eventType)?.keyPaths ?? []
  const single = fields.filter(
    ({ type }) => type !== 'list' && type !== 'map' && type !== 'boolean',
  )
  const choose = (value: string) => {
    if (value === 'once') return onChange(null)
    const distinctBy = value === 'times' ? null : value.slice('by:'.length)
    onChange({ atLeast: Math.max(2, count?.atLeast ?? 2), distinctBy })
  }
  return (
    <Group gap="sm" align="flex-end">
      <NativeSelect
        size="sm"
        label={say('full.count')}
        disabled={!mayEdit}
        value={
          count === null ? 'once' : count.distinctBy === null ? 'times' : `by:${count.distinctBy}`
        }
        onChange={({ currentTarget }) => choose(currentTarget.value)}
        error={faultText(faultAtField(faults, way.id, 'count.distinctBy'), say)}
        data={[
          { value: 'once', label: say('full.once') },
          { value: 'times', label: say('full.times') },
          ...single.map(({ path }) => ({
            value: `by:${path}`,
            label: say('full.different', { label: terms.labelOf(eventType, path) }),
          })),
        ]}
      />
      {count !== null && <AtLeast way={way} count={count} onChange={onChange} />}
    </Group>
  )
}

type AtLeastProps = Props & { readonly count: NonNullable<Count> }

export function AtLeast({ way, count, onChange }: AtLeastProps) {
  const { terms, faults, mayEdit } = useRules()
  return (
    <NumberInput
      size="sm"
      w={120}
      label={terms.say('full.atLeast')}
      min={1}
      max={10_000}
      allowDecimal={false}
      disabled={!mayEdit}
      value={count.atLeast}
      error={faultText(faultAtField(faults, way.id, 'count.atLeast'), terms.say)}
      onChange={(value) => onChange({ ...count, atLeast: Math.max(1, Math.trunc(Number(value))) })}
    />
  )
}
