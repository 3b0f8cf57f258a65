import { Card, Group, Stack, Text, Title } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { BadgePicture } from '../../components/badge-picture.js'
import { Chip, type Tone } from '../../components/chips.js'
import { GoLink } from '../../components/go.js'
import { More } from '../../components/more.js'
import { OutsideLink } from '../../components/page.js'
import { Loading, Problem } from '../../components/states.js'
import type { Schema } from '../../lib/api.js'
import { format } from '../../lib/format.js'
import { accountTemplatesQuery } from './provider-queries.js'

type Template = Schema<'ProviderTemplate'>

const tones: Readonly<Record<Template['state'], Tone>> = {
  active: 'good',
  draft: 'waiting',
  archived: 'quiet',
}

/** What the account can issue, and which of our badges are issued by it. */
export function AccountTemplates({ accountId, slug }: { accountId: string; slug: string }) {
  const { t } = useTranslation('operations')
  const pages = useInfiniteQuery(accountTemplatesQuery(accountId))
  const templates = pages.data?.pages.flatMap(({ items }) => items) ?? []
  return (
    <Card component="section" aria-labelledby="templates-there">
      <Title order={2} size="h5" id="templates-there" mb="xs">
        {t('templates.title')}
      </Title>
      {pages.isPending && <Loading />}
      {pages.isError && <Problem error={pages.error} onRetry={() => void pages.refetch()} />}
      {pages.isSuccess && templates.length === 0 && <Text c="dimmed">{t('templates.none')}</Text>}
      <Stack component="ul" gap={0} m={0} p={0} style={{ listStyle: 'none' }}>
        {templates.map((template) => (
          <Row key={template.id} template={template} slug={slug} />
        ))}
      </Stack>
      <More pages={pages} />
    </Card>
  )
}

function Row({ template, slug }: { template: Template; slug: string }) {
  const { t } = useTranslation('operations')
  const { name, url, state, badgeTemplates } = template
  const [ours] = badgeTemplates
  return (
    <Group
      component="li"
      gap="sm"
      py="sm"
      wrap="nowrap"
      align="flex-start"
      style={{ borderTop: '1px solid var(--rosette-line)' }}
    >
      {ours !== undefined && <BadgePicture templateId={ours.id} size={40} />}
      <Stack gap={4} miw={0} flex={1} align="flex-start">
        <Group gap="xs">
          <Text fw={500}>{name}</Text>
          <Chip tone={tones[state]}>{t(`search.states.${state}`)}</Chip>
        </Group>
        <Text size="sm" c="dimmed" component="div">
          {ours === undefined ? t('templates.unused') : t('templates.issues')}{' '}
          {badgeTemplates.map((badge) => (
            <span key={badge.id}>
              <GoLink to={`/o/${slug}/badges/${badge.id}`}>{badge.name}</GoLink>{' '}
            </span>
          ))}
        </Text>
        {url !== null && (
          <Text size="sm">
            <OutsideLink href={url}>{t('templates.open')}</OutsideLink>
          </Text>
        )}
        <Text size="xs" c="dimmed">
          {t('templates.read', { when: format.dateTime(template.syncedAt) })}
        </Text>
      </Stack>
    </Group>
  )
}
