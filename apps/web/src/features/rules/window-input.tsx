import { Group, Text, TextInput } from '@mantine/core'
import type { DraftRequirement } from './draft.js'
import { faultAtField } from './draft-faults.js'
import { faultText } from './fault-words.js'
import { toInstant, toLocal } from './local-time.js'
import classes from './rules.module.css'
import { useRules } from './rules-context.js'

type Props = {
  readonly way: DraftRequirement
  readonly onChange: (window: DraftRequirement['window']) => void
}

/** Between when and when it counts, in the zone of whoever edits. */
export function WindowInput({ way, onChange }: Props) {
  const { terms, faults, mayEdit } = useRules()
  const { say } = terms
  const from = way.window?.from ?? null
  const until = way.window?.until ?? null
  const set = (next: { from: string | null; until: string | null }) =>
    onChange(next.from === null && next.until === null ? null : next)
  const error = faultText(faultAtField(faults, way.id, 'window'), say)
  const input = { size: 'sm', type: 'datetime-local', disabled: !mayEdit } as const
  return (
    <fieldset className={classes.fieldset}>
      <legend>{say('full.window')}</legend>
      <Group gap="sm" align="flex-start">
        <TextInput
          {...input}
          label={say('full.from')}
          value={toLocal(from ?? '')}
          onChange={({ currentTarget }) =>
            set({ from: toInstant(currentTarget.value) || null, until })
          }
        />
        <TextInput
          {...input}
          label={say('full.until')}
          value={toLocal(until ?? '')}
          error={error}
          onChange={({ currentTarget }) =>
            set({ from, until: toInstant(currentTarget.value) || null })
          }
        />
      </Group>
      <Text size="xs" c="dimmed" mt={4}>
        {say('full.zone', { zone: new Intl.DateTimeFormat().resolvedOptions().timeZone })}
      </Text>
    </fieldset>
  )
}
