import { Box, Button, Card, Group, Stack, Text, Title } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { RotateCcw } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Chip } from '../../components/chips.js'
import { Confirm } from '../../components/confirm.js'
import { More } from '../../components/more.js'
import { Await, Empty } from '../../components/states.js'
import { tellDone } from '../../components/tell.js'
import { When } from '../../components/when.js'
import { siteUrl } from '../../config/places.js'
import { format } from '../../lib/format.js'
import { ChangeList } from './change-list.js'
import { useRestore, type Version, versionsQuery } from './version-queries.js'

const actions = [
  'begin',
  'create',
  'import',
  'duplicate',
  'update',
  'set-image',
  'replace-rules',
  'add-requirement',
  'remove-requirement',
  'add-penalty',
  'remove-penalty',
  'activate',
  'deactivate',
  'archive',
  'restore',
  'restore-version',
] as const

type Props = { readonly templateId: string; readonly mayEdit: boolean }

/** What a badge was after each change, the latest first. */
export function History({ templateId, mayEdit }: Props) {
  const { t } = useTranslation('badges')
  const query = useInfiniteQuery(versionsQuery(templateId))
  const [chosen, setChosen] = useState<Version | null>(null)
  return (
    <Await
      query={query}
      isEmpty={({ pages }) => pages.every(({ items }) => items.length === 0)}
      empty={<Empty title={t('history.empty')}>{t('history.emptyText')}</Empty>}
    >
      {({ pages }) => (
        <Stack>
          <Text c="dimmed" size="sm">
            {t('history.about')}
          </Text>
          <Stack component="ol" p={0} m={0}>
            {pages.flatMap(({ items }) =>
              items.map((version) => (
                <VersionCard
                  key={version.number}
                  {...{ version, templateId }}
                  onRestore={mayEdit && !version.isCurrent ? () => setChosen(version) : undefined}
                />
              )),
            )}
          </Stack>
          <More pages={query} />
          {chosen !== null && (
            <Restore {...{ templateId }} version={chosen} onClose={() => setChosen(null)} />
          )}
        </Stack>
      )}
    </Await>
  )
}

type CardProps = {
  readonly version: Version
  readonly templateId: string
  readonly onRestore: (() => void) | undefined
}

function VersionCard({ version, templateId, onRestore }: CardProps) {
  const { t } = useTranslation('badges')
  const { number, at, actor, isCurrent, changes } = version
  const action = actions.find((one) => one === version.action)
  const showsPicture = version.hasImage && changes.some(({ kind }) => kind === 'image')
  return (
    <Card component="li" style={{ listStyle: 'none' }}>
      <Group justify="space-between" align="flex-start" wrap="nowrap">
        <Box flex={1} miw={0}>
          <Group gap="sm">
            <Title order={2} size="h6">
              {action === undefined ? version.action : t(`history.action.${action}`)}
            </Title>
            {isCurrent && <Chip tone="good">{t('history.current')}</Chip>}
          </Group>
          <Text size="sm" c="dimmed" mb="xs">
            {t('history.number', { number: format.number(number) })} · {actor} · <When at={at} />
          </Text>
          {changes.length > 0 && <ChangeList changes={changes} />}
          {onRestore !== undefined && (
            <Button
              mt="sm"
              size="xs"
              variant="default"
              leftSection={<RotateCcw size={14} aria-hidden />}
              aria-label={t('history.restoreNumber', { number: format.number(number) })}
              onClick={onRestore}
            >
              {t('history.restore')}
            </Button>
          )}
        </Box>
        {showsPicture && (
          <img
            src={`${siteUrl}/api/v1/badge-templates/${templateId}/versions/${number}/image`}
            alt={t('history.picture', { number: format.number(number) })}
            width={64}
            height={64}
            loading="lazy"
            style={{ objectFit: 'contain' }}
          />
        )}
      </Group>
    </Card>
  )
}

type RestoreProps = {
  readonly templateId: string
  readonly version: Version
  readonly onClose: () => void
}

function Restore({ templateId, version, onClose }: RestoreProps) {
  const { t } = useTranslation('badges')
  const restore = useRestore(templateId)
  const number = format.number(version.number)
  return (
    <Confirm
      isOpen
      onClose={onClose}
      title={t('history.restoreTitle', { number })}
      confirm={t('history.restore')}
      isBusy={restore.isPending}
      error={restore.error}
      onConfirm={() =>
        restore.mutate(version.number, {
          onSuccess: () => {
            tellDone(t('history.restored', { number }))
            onClose()
          },
        })
      }
    >
      {t('history.restoreText')}
    </Confirm>
  )
}
