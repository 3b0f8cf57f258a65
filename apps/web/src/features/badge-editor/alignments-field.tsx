import { SimpleGrid, Stack, Textarea, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { faultAt } from '../../lib/problem.js'
import { ListField } from './list-field.js'
import type { AlignmentDraft } from './look-values.js'

type Props = {
  readonly value: readonly AlignmentDraft[]
  readonly onChange: (value: readonly AlignmentDraft[]) => void
  readonly error: unknown
}

const fresh = () => ({ name: '', url: '', code: '', framework: '', description: '', type: '' })

/** What the badge counts towards in frameworks of skills. */
export function AlignmentsField({ value, onChange, error }: Props) {
  const { t } = useTranslation('badges')
  const faultOf = (index: number, name: string) => faultAt(error, `alignments.${index}.${name}`)
  return (
    <ListField
      items={value}
      onChange={onChange}
      fresh={fresh}
      about={t('alignment.about')}
      add={t('alignment.add')}
      remove={({ name }) => t('alignment.remove', { name })}
      fields={(item, change, index) => (
        <Stack gap="sm">
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            {(['name', 'framework', 'url', 'code'] as const).map((name) => (
              <TextInput
                key={name}
                label={t(`alignment.${name}`)}
                required={name === 'name' || name === 'url'}
                type={name === 'url' ? 'url' : 'text'}
                placeholder={name === 'url' ? 'https://' : undefined}
                value={item[name]}
                onChange={({ currentTarget }) => change({ [name]: currentTarget.value })}
                error={faultOf(index, name)}
              />
            ))}
          </SimpleGrid>
          <Textarea
            label={t('alignment.description')}
            autosize
            value={item.description}
            onChange={({ currentTarget }) => change({ description: currentTarget.value })}
            error={faultOf(index, 'description')}
          />
        </Stack>
      )}
    />
  )
}
