import { Checkbox, Stack, Text, TextInput } from '@mantine/core'
import { CountInput } from './count-input.js'
import { DataRuleRows } from './data-rule-rows.js'
import {
  allWays,
  changePenalty,
  changeWay,
  type DraftPenalty,
  type DraftRequirement,
  groupOf,
} from './draft.js'
import { faultAtField } from './draft-faults.js'
import { EventTypeInput } from './event-type-input.js'
import { faultText } from './fault-words.js'
import classes from './rules.module.css'
import { useRules } from './rules-context.js'
import { wayName } from './sentence.js'
import { WindowInput } from './window-input.js'

/** Everything that can be said of one way. */
export function FullForm({ way }: { readonly way: DraftRequirement }) {
  const { draft, edit, terms, faults } = useRules()
  const { say } = terms
  const change = (part: Parameters<typeof changeWay>[2]) => edit(changeWay(draft, way.id, part))
  const others = allWays(draft).filter(({ id }) => id !== way.id)
  return (
    <Stack gap="md" pt="xs">
      <EventTypeInput
        value={way.eventType}
        onChange={(eventType) => change({ eventType, dataRules: [], count: null })}
      />
      <DataRuleRows part={way} onChange={(dataRules) => change({ dataRules })} />
      <CountInput way={way} onChange={(count) => change({ count })} />
      <WindowInput way={way} onChange={(window) => change({ window })} />
      {others.length > 0 && (
        <WaysInput
          legend={say('full.after')}
          about={say('full.afterAbout')}
          chosen={way.after}
          ways={others}
          error={faultText(faultAtField(faults, way.id, 'after'), say)}
          onChange={(after) => change({ after })}
        />
      )}
      <Note value={way.description} onChange={(description) => change({ description })} />
    </Stack>
  )
}

/** Everything that can be said of a penalty, but what it takes away. */
export function FullPenaltyForm({ penalty }: { readonly penalty: DraftPenalty }) {
  const { draft, edit } = useRules()
  const change = (part: Parameters<typeof changePenalty>[2]) =>
    edit(changePenalty(draft, penalty.id, part))
  return (
    <Stack gap="md" pt="xs">
      <EventTypeInput
        value={penalty.eventType}
        onChange={(eventType) => change({ eventType, dataRules: [] })}
      />
      <DataRuleRows part={penalty} onChange={(dataRules) => change({ dataRules })} />
      <Note value={penalty.description} onChange={(description) => change({ description })} />
    </Stack>
  )
}

type WaysProps = {
  readonly legend: string
  readonly about?: string
  readonly chosen: readonly string[]
  readonly ways: readonly DraftRequirement[]
  readonly error?: string | undefined
  readonly onChange: (ids: readonly string[]) => void
}

/** Chooses requirements by what they ask for. */
export function WaysInput({ legend, about, chosen, ways, error, onChange }: WaysProps) {
  const { draft, terms, mayEdit } = useRules()
  const toggle = (id: string) =>
    onChange(chosen.includes(id) ? chosen.filter((each) => each !== id) : [...chosen, id])
  return (
    <fieldset className={classes.fieldset}>
      <legend>{legend}</legend>
      <Stack gap={6}>
        {about !== undefined && (
          <Text size="xs" c="dimmed">
            {about}
          </Text>
        )}
        {ways.map((way) => (
          <Checkbox
            key={way.id}
            size="sm"
            disabled={!mayEdit}
            checked={chosen.includes(way.id)}
            onChange={() => toggle(way.id)}
            label={terms.say('full.wayOf', {
              letter: groupOf(draft, way.id)?.letter ?? '',
              name: wayName(way, terms),
            })}
          />
        ))}
        {error !== undefined && (
          <Text size="sm" c="var(--rosette-bad)">
            {error}
          </Text>
        )}
      </Stack>
    </fieldset>
  )
}

type NoteProps = { readonly value: string; readonly onChange: (value: string) => void }

function Note({ value, onChange }: NoteProps) {
  const { terms, mayEdit } = useRules()
  return (
    <TextInput
      size="sm"
      label={terms.say('full.note')}
      description={terms.say('full.noteAbout')}
      disabled={!mayEdit}
      value={value}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    />
  )
}
