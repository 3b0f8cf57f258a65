import { Select, Stack, Switch } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { BadgeTemplate } from '../../lib/badge-templates.js'
import { eventTypesQuery } from './issuing-queries.js'

type Props = {
  readonly template: BadgeTemplate
  readonly value: string | null
  readonly onChange: (path: string | null) => void
  readonly error: string | undefined
}

/** Whether somebody can earn the badge several times, and for what each time: for each course, say. */
export function RepeatField({ template, value, onChange, error }: Props) {
  const { t } = useTranslation('badges')
  const { data } = useQuery(eventTypesQuery)
  const used = new Set(template.requirements.map(({ eventType }) => eventType))
  const types = data?.filter(({ eventType }) => used.size === 0 || used.has(eventType)) ?? []
  const labels = new Map(
    types.flatMap(({ keyPaths }) => keyPaths.map(({ path, label }) => [path, label] as const)),
  )
  if (value !== null && !labels.has(value)) labels.set(value, value)
  const first = labels.has('course.course_key')
    ? 'course.course_key'
    : ([...labels.keys()][0] ?? null)
  const isDraft = template.state === 'draft'
  return (
    <Stack gap="xs">
      <Switch
        label={t('issuing.repeats')}
        description={isDraft ? t('issuing.repeatsHint') : t('issuing.repeatsDraft')}
        checked={value !== null}
        disabled={!isDraft || (first === null && value === null)}
        onChange={({ currentTarget }) => onChange(currentTarget.checked ? first : null)}
      />
      {value !== null && (
        <Select
          maw={420}
          searchable
          allowDeselect={false}
          disabled={!isDraft}
          label={t('issuing.repeatBy')}
          value={value}
          data={[...labels].map(([path, label]) => ({ value: path, label }))}
          onChange={onChange}
          error={error}
        />
      )}
    </Stack>
  )
}
