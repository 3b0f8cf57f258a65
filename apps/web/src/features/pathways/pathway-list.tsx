import { Box, Group, Stack, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { BadgePicture } from '../../components/badge-picture.js'
import { Chip } from '../../components/chips.js'
import { format } from '../../lib/format.js'
import type { Distribution, Pathway } from './pathway-queries.js'

type Props = {
  readonly pathway: Pathway
  readonly counts: Distribution | undefined
  readonly link: (badge: { id: string; name: string }) => ReactNode
}

/** The map in words: step by step, what each badge comes after, and how many have it. */
export function PathwayList({ pathway, counts, link }: Props) {
  const { t } = useTranslation('insights')
  const levels = [...new Set(pathway.badges.map(({ level }) => level))]
  return (
    <Stack gap="lg">
      {levels.map((level) => (
        <Box component="section" key={level}>
          <Title order={2} size="h5" mb="xs">
            {t('pathway.level', { level: format.number(level) })}
          </Title>
          <Stack component="ul" gap="sm" p={0} m={0} style={{ listStyle: 'none' }}>
            {pathway.badges
              .filter((badge) => badge.level === level)
              .map((badge) => (
                <Item
                  key={badge.template.id}
                  badge={badge}
                  all={pathway}
                  counts={counts}
                  link={link}
                />
              ))}
          </Stack>
        </Box>
      ))}
    </Stack>
  )
}

type ItemProps = {
  readonly badge: Pathway['badges'][number]
  readonly all: Pathway
  readonly counts: Distribution | undefined
  readonly link: Props['link']
}

function Item({ badge, all, counts, link }: ItemProps) {
  const { t } = useTranslation('insights')
  const { template, isMilestone } = badge
  const count = counts?.badges.find(({ templateId }) => templateId === template.id)
  const names = new Map(all.badges.map((one) => [one.template.id, one.template.name]))
  const before = all.links
    .filter(({ to }) => to === template.id)
    .flatMap(({ from }) => names.get(from) ?? [])
  return (
    <Group component="li" gap="md" wrap="nowrap" align="flex-start">
      <BadgePicture templateId={template.id} size={44} />
      <Box miw={0}>
        <Group gap="xs">
          <Text fw={600}>{link(template)}</Text>
          {isMilestone && <Chip tone="good">{t('pathway.milestone')}</Chip>}
          {counts?.mostStopAt === template.id && <Chip tone="warn">{t('pathway.most')}</Chip>}
          {template.state !== 'active' && (
            <Chip tone="quiet">{t(`pathway.${template.state}`)}</Chip>
          )}
        </Group>
        <Text size="sm" c="dimmed">
          {before.length === 0
            ? t('pathway.first')
            : t('pathway.after', { names: format.list(before) })}
        </Text>
        {count !== undefined && (
          <Text size="sm">
            {format.list([
              t('pathway.holders', { count: count.holders }),
              t('pathway.here', { count: count.here }),
            ])}
          </Text>
        )}
      </Box>
    </Group>
  )
}
