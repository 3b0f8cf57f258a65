import { Box, Card, Group, SimpleGrid, Stack, Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { BadgePicture } from '../../components/badge-picture.js'
import { Chip } from '../../components/chips.js'
import { GoLink } from '../../components/go.js'
import { When } from '../../components/when.js'
import { useOrganization } from '../../lib/session.js'
import type { Dashboard } from './dashboard-queries.js'

type Award = Dashboard['latestAwards'][number]

/** The last badges that went out, with their pictures. */
export function LatestAwards({ awards }: { awards: readonly Award[] }) {
  const { t } = useTranslation('operations')
  const { slug } = useOrganization()
  return (
    <Card component="section" aria-labelledby="latest-awards" padding="lg">
      <Group justify="space-between" mb="sm">
        <Title order={2} size="h4" id="latest-awards">
          {t('latest.title')}
        </Title>
        {awards.length > 0 && <GoLink to={`/o/${slug}/awards`}>{t('latest.all')}</GoLink>}
      </Group>
      {awards.length === 0 ? (
        <Text c="dimmed">{t('latest.none')}</Text>
      ) : (
        <SimpleGrid cols={{ base: 1, sm: 2, lg: 4 }} spacing="md">
          {awards.map((award) => (
            <Latest key={award.id} award={award} slug={slug} />
          ))}
        </SimpleGrid>
      )}
    </Card>
  )
}

function Latest({ award, slug }: { award: Award; slug: string }) {
  const { t } = useTranslation('operations')
  const { id, template, learner, status, awardedAt } = award
  return (
    <Group gap="sm" wrap="nowrap" align="flex-start">
      <Box style={{ filter: status === 'revoked' ? 'grayscale(1)' : undefined }}>
        <BadgePicture templateId={template.id} size={56} version={template.updatedAt} />
      </Box>
      <Stack gap={2} miw={0} align="flex-start">
        <Text size="sm" fw={600} lineClamp={2}>
          <GoLink to={`/o/${slug}/awards/${id}`}>{template.name}</GoLink>
        </Text>
        <Text size="sm">{learner.name || learner.username}</Text>
        <Text size="xs" c="dimmed">
          <When at={awardedAt} />
        </Text>
        {status === 'revoked' && <Chip tone="quiet">{t('latest.revoked')}</Chip>}
      </Stack>
    </Group>
  )
}
