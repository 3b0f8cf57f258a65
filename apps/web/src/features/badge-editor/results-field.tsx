import { Select, SimpleGrid, Stack, TagsInput, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { faultAt } from '../../lib/problem.js'
import { ListField } from './list-field.js'
import type { ResultDraft } from './look-values.js'

type Props = {
  readonly value: readonly ResultDraft[]
  readonly onChange: (value: readonly ResultDraft[]) => void
  readonly error: unknown
}

const types = [
  'Percent',
  'LetterGrade',
  'GradePointAverage',
  'RawScore',
  'ScaledScore',
  'PredictedScore',
  'PerformanceLevel',
  'Result',
  'Status',
] as const

/** What can come out beside the badge: a grade, a level. */
export function ResultsField({ value, onChange, error }: Props) {
  const { t } = useTranslation('badges')
  const fresh = () => ({
    id: `result-${value.length + 1}`,
    name: '',
    type: 'Percent',
    min: '0',
    max: '100',
    allowedValues: [],
    requiredValue: '',
  })
  return (
    <ListField<ResultDraft>
      items={value}
      onChange={onChange}
      fresh={fresh}
      about={t('result.about')}
      add={t('result.add')}
      remove={({ name }) => t('result.remove', { name })}
      fields={(item, change, index) => <ResultFields {...{ item, change, index, error }} />}
    />
  )
}

type FieldsProps = {
  readonly item: ResultDraft
  readonly change: (part: Partial<ResultDraft>) => void
  readonly index: number
  readonly error: unknown
}

function ResultFields({ item, change, index, error }: FieldsProps) {
  const { t } = useTranslation('badges')
  const isListed = item.allowedValues.length > 0
  const texts = [
    'name',
    'id',
    ...(isListed ? [] : (['min', 'max'] as const)),
    'requiredValue',
  ] as const
  return (
    <Stack gap="sm">
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <Select
          label={t('result.type')}
          allowDeselect={false}
          value={item.type}
          data={types.map((value) => ({ value, label: t(`resultType.${value}`) }))}
          onChange={(type) => change({ type: type ?? 'Result' })}
        />
        {texts.map((name) => (
          <TextInput
            key={name}
            label={t(`result.${name}`)}
            required={name === 'name' || name === 'id'}
            inputMode={name === 'min' || name === 'max' ? 'decimal' : undefined}
            value={item[name]}
            onChange={({ currentTarget }) => change({ [name]: currentTarget.value })}
            error={faultAt(error, `results.${index}.${name}`)}
          />
        ))}
      </SimpleGrid>
      <TagsInput
        label={t('result.allowedValues')}
        description={t('result.allowedValuesHint')}
        value={[...item.allowedValues]}
        onChange={(allowedValues) =>
          change({ allowedValues, ...(allowedValues.length > 0 && { min: '', max: '' }) })
        }
        error={faultAt(error, `results.${index}.allowedValues`)}
      />
    </Stack>
  )
}
