import { Group, Select, Stack, Text, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { BadgePicture } from '../../components/badge-picture.js'
import { grantableQuery, peopleQuery } from './award-queries.js'

type BadgeProps = {
  readonly organizationId: string
  readonly value: string
  readonly instance: string
  readonly error: ReactNode
  readonly instanceError: ReactNode
  readonly onChange: (templateId: string, instance: string) => void
}

/** Which badge, by its picture and name; for one that repeats also for what. */
export function BadgePick({
  organizationId,
  value,
  instance,
  error,
  instanceError,
  onChange,
}: BadgeProps) {
  const { t } = useTranslation('people')
  const { data: templates = [] } = useQuery(grantableQuery(organizationId))
  const chosen = templates.find(({ id }) => id === value)
  return (
    <Stack gap="sm">
      <Select
        label={t('grant.badge')}
        placeholder={t('grant.badgeHint')}
        required
        searchable
        openOnFocus={false}
        data={templates.map(({ id, name }) => ({ value: id, label: name }))}
        value={value === '' ? null : value}
        onChange={(id) => onChange(id ?? '', '')}
        error={error}
        leftSection={
          chosen === undefined ? undefined : <BadgePicture templateId={chosen.id} size={24} />
        }
        renderOption={({ option }) => (
          <Group gap="sm" wrap="nowrap">
            <BadgePicture templateId={option.value} size={28} />
            <Text size="sm">{option.label}</Text>
          </Group>
        )}
        nothingFoundMessage={t('grant.noBadge')}
        data-autofocus
      />
      {chosen?.repeat != null && (
        <TextInput
          label={t('grant.instance')}
          description={t('grant.instanceText', { by: chosen.repeat.by })}
          required
          dir="ltr"
          value={instance}
          onChange={(event) => onChange(value, event.currentTarget.value)}
          error={instanceError}
        />
      )}
    </Stack>
  )
}

type LearnerProps = {
  readonly value: string
  readonly error: ReactNode
  readonly onChange: (learnerId: string) => void
}

/** Who, found while typing. */
export function LearnerPick({ value, error, onChange }: LearnerProps) {
  const { t } = useTranslation('people')
  const [typed, setTyped] = useState('')
  const [search] = useDebouncedValue(typed, 250)
  const { data: people = [] } = useQuery(peopleQuery(search))
  return (
    <Select
      label={t('grant.learner')}
      placeholder={t('filters.learnerHint')}
      required
      searchable
      openOnFocus={false}
      onSearchChange={setTyped}
      // The server has searched: what it found is shown, also where the text of an option does not fit.
      filter={({ options }) => options}
      data={people.map(({ id, name, username, email }) => ({
        value: id,
        label: `${name || username} (${email || username})`,
      }))}
      value={value === '' ? null : value}
      onChange={(id) => onChange(id ?? '')}
      error={error}
      nothingFoundMessage={t('grant.noLearner')}
    />
  )
}
