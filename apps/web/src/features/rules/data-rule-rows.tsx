import { ActionIcon, Button, Select, Stack, Text } from '@mantine/core'
import { Plus, X } from 'lucide-react'
import type { DataRule } from './draft.js'
import { faultAtField } from './draft-faults.js'
import { faultText } from './fault-words.js'
import classes from './rules.module.css'
import { useRules } from './rules-context.js'
import { OperatorInput, ValueInput } from './value-input.js'

type Part = {
  readonly id: string
  readonly eventType: string
  readonly dataRules: readonly DataRule[]
}
type Props = { readonly part: Part; readonly onChange: (rules: readonly DataRule[]) => void }

/** All data rules of a requirement or penalty as rows: field, comparison, value. */
export function DataRuleRows({ part, onChange }: Props) {
  const { terms, types, mayEdit, faults } = useRules()
  const { say } = terms
  const { dataRules } = part
  const fields = types.find(({ eventType }) => eventType === part.eventType)?.keyPaths ?? []
  const unused = fields.find(({ path }) => !dataRules.some(({ keyPath }) => keyPath === path))
  const first = unused ?? fields[0]
  return (
    <fieldset className={classes.fieldset}>
      <legend>{say('rule.legend')}</legend>
      <Stack gap="xs">
        {dataRules.length === 0 && (
          <Text size="sm" c="dimmed">
            {say('rule.none')}
          </Text>
        )}
        {dataRules.map((rule, index) => (
          <Row
            // biome-ignore lint/suspicious/noArrayIndexKey: rules have no other identity than their place
            key={index}
            part={part}
            at={index}
            rule={rule}
            onChange={(changed) =>
              onChange(dataRules.map((each) => (each === rule ? changed : each)))
            }
            onRemove={() => onChange(dataRules.filter((each) => each !== rule))}
          />
        ))}
        <Text size="sm" c="var(--rosette-bad)">
          {faultText(exactly(faults, part.id), say)}
        </Text>
        {mayEdit && first !== undefined && (
          <Button
            size="xs"
            variant="default"
            leftSection={<Plus size={14} aria-hidden />}
            style={{ alignSelf: 'flex-start' }}
            onClick={() => onChange([...dataRules, emptyRule(first)])}
          >
            {say('rule.add')}
          </Button>
        )}
      </Stack>
    </fieldset>
  )
}

type RowProps = {
  readonly part: Part
  readonly at: number
  readonly rule: DataRule
  readonly onChange: (rule: DataRule) => void
  readonly onRemove: () => void
}

function Row({ part, at, rule, onChange, onRemove }: RowProps) {
  const { terms, types, mayEdit, faults } = useRules()
  const { say } = terms
  const fields = types.find(({ eventType }) => eventType === part.eventType)?.keyPaths ?? []
  const label = terms.labelOf(part.eventType, rule.keyPath)
  const choices = fields.map(({ path }) => ({
    value: path,
    label: terms.labelOf(part.eventType, path),
  }))
  const isKnown = fields.some(({ path }) => path === rule.keyPath)
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset within a fieldset is read out twice
    <div role="group" aria-label={say('rule.row', { label })} className={classes.row}>
      <Select
        size="sm"
        aria-label={say('rule.field')}
        searchable
        allowDeselect={false}
        disabled={!mayEdit}
        error={faultText(faultAtField(faults, part.id, `dataRules[${at}].keyPath`), say)}
        value={rule.keyPath}
        data={isKnown ? choices : [...choices, { value: rule.keyPath, label: rule.keyPath }]}
        renderOption={({ option }) => (
          <div>
            <Text size="sm">{option.label}</Text>
            <Text size="xs" c="dimmed" ff="monospace">
              {option.value}
            </Text>
          </div>
        )}
        onChange={(path) => {
          const field = fields.find((each) => each.path === path)
          if (field !== undefined) onChange(emptyRule(field))
        }}
      />
      <OperatorInput rule={rule} eventType={part.eventType} onChange={onChange} />
      <ValueInput
        part={part}
        at={at}
        rule={rule}
        onChange={(value) => onChange({ ...rule, value })}
      />
      {mayEdit && (
        <ActionIcon color="gray" aria-label={say('rule.remove', { label })} onClick={onRemove}>
          <X size={16} aria-hidden />
        </ActionIcon>
      )}
    </div>
  )
}

type FieldGiven = {
  readonly path: string
  readonly type: string
  readonly operators: readonly DataRule['operator'][]
}

function emptyRule({ path, type, operators }: FieldGiven): DataRule {
  const operator = operators[0] ?? 'eq'
  return { keyPath: path, operator, value: type === 'boolean' ? 'true' : '' }
}

function exactly(faults: ReturnType<typeof useRules>['faults'], part: string) {
  return faults.find((fault) => fault.part === part && fault.field === 'dataRules')
}
