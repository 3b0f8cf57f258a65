import { Card, Group, SimpleGrid, Stack, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { BadgePicture } from '../../components/badge-picture.js'
import { Chip } from '../../components/chips.js'
import type { PathwaySummary } from './pathway-queries.js'

type Props = {
  readonly pathways: readonly PathwaySummary[]
  /** The name, leading to the pathway. */
  readonly link: (pathway: PathwaySummary) => ReactNode
}

export function PathwayCards({ pathways, link }: Props) {
  const { t } = useTranslation('insights')
  return (
    <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }} spacing="lg">
      {pathways.map((pathway) => (
        <Card key={pathway.id} component="article">
          <Stack gap="sm" h="100%">
            <Group gap={0} h={48} aria-hidden>
              {pathway.pictures.map((id, at) => (
                <span key={id} style={{ marginInlineStart: at === 0 ? 0 : -10 }}>
                  <BadgePicture templateId={id} size={48} />
                </span>
              ))}
            </Group>
            <Title order={2} size="h4">
              {link(pathway)}
            </Title>
            {pathway.description !== '' && (
              <Text c="dimmed" size="sm" lineClamp={3}>
                {pathway.description}
              </Text>
            )}
            <Group gap="xs" mt="auto">
              <Text size="sm">{t('pathways.badges', { count: pathway.badges })}</Text>
              {pathway.isPublic && <Chip tone="good">{t('pathways.public')}</Chip>}
            </Group>
          </Stack>
        </Card>
      ))}
    </SimpleGrid>
  )
}
