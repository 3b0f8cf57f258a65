import { Button, Card, Group, Loader, Stack, Text, Title } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Chip } from '../../components/chips.js'
import { Confirm } from '../../components/confirm.js'
import { Await } from '../../components/states.js'
import { tellDone } from '../../components/tell.js'
import { When } from '../../components/when.js'
import { queries } from '../../lib/queries.js'
import { useMay } from '../../lib/session.js'
import { type Issuer, reissue, reissuesQuery } from './issuer-queries.js'

/** Badges signed anew: the work goes on in the background, and is seen here. */
export function ReissueList({ issuer }: { issuer: Issuer }) {
  const { t } = useTranslation('operations')
  const may = useMay()
  const [isAsking, setAsking] = useState(false)
  const runs = useQuery(reissuesQuery(issuer.id))
  const start = useMutation({
    mutationFn: () => reissue(issuer.id),
    onSuccess: async () => {
      setAsking(false)
      tellDone(t('keys.reissuing'))
      await queries.invalidateQueries({ queryKey: ['issuers', 'reissues'] })
    },
  })
  return (
    <Card component="section" aria-labelledby="reissues">
      <Group justify="space-between" mb="xs">
        <Title order={2} size="h5" id="reissues">
          {t('reissue.title')}
        </Title>
        {may('issuance:edit') && (
          <Button size="xs" variant="default" onClick={() => setAsking(true)}>
            {t('reissue.start')}
          </Button>
        )}
      </Group>
      <Text size="sm" c="dimmed" mb="sm">
        {t('reissue.about')}
      </Text>
      <Await
        query={runs}
        isEmpty={({ items }) => items.length === 0}
        empty={<Text size="sm">{t('reissue.none')}</Text>}
      >
        {({ items }) => (
          <Stack gap="sm">
            {items.slice(0, 10).map((run) => (
              <Stack key={run.id} gap={2} align="flex-start">
                <Group gap="xs">
                  {run.finishedAt === null && <Loader size="xs" aria-hidden />}
                  <Chip
                    tone={run.finishedAt === null ? 'waiting' : run.failed > 0 ? 'warn' : 'good'}
                  >
                    {t(run.finishedAt === null ? 'reissue.running' : 'reissue.done')}
                  </Chip>
                  <Text size="sm" role="status">
                    {t('reissue.signed', { count: run.reissued })}
                  </Text>
                </Group>
                {run.failed > 0 && (
                  <Text size="sm">
                    {t('reissue.failed', { count: run.failed, error: run.lastError ?? '' })}
                  </Text>
                )}
                <Text size="xs" c="dimmed">
                  {t('reissue.by', { who: run.requestedBy })} <When at={run.requestedAt} />
                </Text>
              </Stack>
            ))}
          </Stack>
        )}
      </Await>
      <Confirm
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        title={t('reissue.confirmTitle', { issuer: issuer.name })}
        confirm={t('reissue.start')}
        isBusy={start.isPending}
        error={start.error}
        onConfirm={() => start.mutate()}
      >
        {t('reissue.confirmText')}
      </Confirm>
    </Card>
  )
}
