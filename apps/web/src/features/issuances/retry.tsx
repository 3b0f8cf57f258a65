import { Button, Card, Group, Text } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { RefreshCw } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Confirm } from '../../components/confirm.js'
import { tellDone, tellProblem } from '../../components/tell.js'
import { answer, api } from '../../lib/api.js'
import { refreshIssuances } from './issuance-queries.js'

type Which =
  | { readonly ids: readonly string[] }
  | {
      readonly organizationId: string
      readonly accountId?: string | undefined
      readonly templateId?: string | undefined
    }

function useRetry(onDone: () => void) {
  const { t } = useTranslation('people')
  return useMutation({
    mutationFn: (which: Which) => retry(which, false),
    onSuccess: ({ retried }) => {
      tellDone(t('retry.done', { count: retried }))
      void refreshIssuances()
      onDone()
    },
    onError: tellProblem,
  })
}

/** Tries the chosen ones again. */
export function RetryBar({ ids, onDone }: { ids: readonly string[]; onDone: () => void }) {
  const { t } = useTranslation('people')
  const again = useRetry(onDone)
  return (
    <Card
      py="sm"
      role="region"
      aria-label={t('bulk.label')}
      style={{
        position: 'sticky',
        insetBlockEnd: 12,
        zIndex: 2,
        boxShadow: 'var(--mantine-shadow-md)',
      }}
    >
      <Group justify="space-between" gap="sm">
        <Text fw={600} role="status">
          {t('bulk.chosen', { count: ids.length })}
        </Text>
        <Group gap="xs">
          <Button variant="default" onClick={onDone}>
            {t('bulk.none')}
          </Button>
          <Button loading={again.isPending} onClick={() => again.mutate({ ids })}>
            {t('retry.chosen')}
          </Button>
        </Group>
      </Group>
    </Card>
  )
}

/** Tries all again that failed or stopped, at one account or at all of them; says first how many. */
export function RetryAll({ which }: { which: Exclude<Which, { ids: readonly string[] }> }) {
  const { t } = useTranslation('people')
  const [isAsking, setAsking] = useState(false)
  const again = useRetry(() => setAsking(false))
  const counted = useQuery({
    queryKey: ['issuances', 'to-retry', which],
    queryFn: () => retry(which, true),
  })
  const count = counted.data?.concerned ?? 0
  if (count === 0) return null
  return (
    <>
      <Button leftSection={<RefreshCw size={16} aria-hidden />} onClick={() => setAsking(true)}>
        {t('retry.all', { count })}
      </Button>
      <Confirm
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        title={t('retry.title', { count })}
        confirm={t('retry.confirm')}
        onConfirm={() => again.mutate(which)}
        isBusy={again.isPending}
      >
        {t('retry.text')}
      </Confirm>
    </>
  )
}

async function retry(which: Which, dryRun: boolean) {
  const body =
    'ids' in which
      ? { ids: [...which.ids] }
      : {
          organizationId: which.organizationId,
          ...(which.accountId !== undefined && { accountId: which.accountId }),
          ...(which.templateId !== undefined && { templateId: which.templateId }),
        }
  return await answer(api.POST('/api/v1/issuances/retry', { body: { ...body, dryRun } }))
}
