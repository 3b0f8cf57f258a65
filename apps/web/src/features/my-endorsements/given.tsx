import { Box, Group, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Chip } from '../../components/chips.js'
import { Section } from '../../components/section.js'
import { When } from '../../components/when.js'
import type { Schema } from '../../lib/api.js'

/** What one says about the badges of others. */
export function Given({ given }: Pick<Schema<'BadgeEndorsements'>, 'given'>) {
  const { t } = useTranslation('backpack')
  if (given.length === 0) return null
  return (
    <Section title={t('endorsements.parts.given')}>
      <Stack component="ul" gap="md" p={0} m={0} style={{ listStyle: 'none' }}>
        {given.map(({ badgeName, learnerName, endorsement }) => (
          <Box key={endorsement.id} component="li">
            <Group gap="xs">
              <Text fw={600} size="sm" dir="auto">
                {badgeName}
              </Text>
              {endorsement.state === 'accepted' && (
                <Chip tone="good">{t('endorsements.state.accepted')}</Chip>
              )}
            </Group>
            <Text size="xs" c="dimmed">
              {learnerName !== null && `${learnerName} · `}
              {endorsement.givenAt !== null && <When at={endorsement.givenAt} />}
            </Text>
            <Text size="sm" mt={4} dir="auto" ta="start" style={{ whiteSpace: 'pre-line' }}>
              {endorsement.comment}
            </Text>
          </Box>
        ))}
      </Stack>
    </Section>
  )
}
