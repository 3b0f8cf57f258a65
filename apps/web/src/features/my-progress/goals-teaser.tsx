import { Box, Group, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Picture } from '../../components/badge-picture.js'
import { GoLink } from '../../components/go.js'
import { Section } from '../../components/section.js'
import { pictureOf } from '../../lib/backpack.js'
import { format } from '../../lib/format.js'
import { type Goal, progressQuery } from './progress-queries.js'
import { Ring } from './ring.js'

/** The nearest few, beside the wall. Nothing is there where nothing has been begun. */
export function GoalsTeaser() {
  const { t } = useTranslation('backpack')
  const { data } = useQuery(progressQuery)
  if (data === undefined || data.items.length === 0) return null
  return (
    <Section
      title={t('goals.title')}
      actions={
        <Text size="sm">
          <GoLink to="/on-the-way" label={t('goals.allOf', { count: data.items.length })}>
            {t('goals.all')}
          </GoLink>
        </Text>
      }
    >
      <Stack component="ul" gap="md" p={0} m={0} style={{ listStyle: 'none' }}>
        {data.items.slice(0, 3).map((goal) => (
          <Row key={`${goal.template.id} ${goal.instance}`} goal={goal} />
        ))}
      </Stack>
    </Section>
  )
}

function Row({ goal: { template, ratio, nextStep } }: { readonly goal: Goal }) {
  const { t } = useTranslation('backpack')
  return (
    <Group component="li" gap="sm" wrap="nowrap">
      <Picture src={pictureOf(template)} size={48} />
      <Box flex={1} miw={0}>
        <Text size="sm" fw={600} lh={1.3} dir="auto">
          {template.name}
        </Text>
        {nextStep !== null && (
          <Text size="xs" c="dimmed">
            {t('goals.next', { step: nextStep })}
          </Text>
        )}
      </Box>
      <Ring ratio={ratio} size={54} label={t('goals.ratio', { percent: format.percent(ratio) })} />
    </Group>
  )
}
