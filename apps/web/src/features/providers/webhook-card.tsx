import { Button, Card, Group, Stack, Text, Title } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Copyable } from '../../components/copyable.js'
import { tellDone, tellProblem } from '../../components/tell.js'
import { queries } from '../../lib/queries.js'
import { useMay } from '../../lib/session.js'
import {
  type Account,
  clearWebhookSecret,
  makeWebhookSecret,
  providerNames,
} from './provider-queries.js'

type Props = { readonly account: Account; readonly url: string }

/** The address at which a provider tells of changes; with a secret, which is shown once. */
export function WebhookCard({ account, url }: Props) {
  const { t } = useTranslation('operations')
  const may = useMay()
  const [once, setOnce] = useState<string>()
  const { id, hasWebhookSecret } = account
  const refresh = () => queries.invalidateQueries({ queryKey: ['provider-accounts'] })
  const make = useMutation({
    mutationFn: () => makeWebhookSecret(id),
    onSuccess: async ({ webhookUrl }) => {
      setOnce(webhookUrl)
      await refresh()
    },
    onError: tellProblem,
  })
  const clear = useMutation({
    mutationFn: () => clearWebhookSecret(id),
    onSuccess: async () => {
      setOnce(undefined)
      tellDone(t('webhook.cleared'))
      await refresh()
    },
    onError: tellProblem,
  })
  return (
    <Card component="section" aria-labelledby="webhook">
      <Title order={2} size="h5" id="webhook" mb="xs">
        {t('webhook.title')}
      </Title>
      <Stack gap="sm">
        <Text size="sm">
          {once === undefined
            ? t('webhook.about', { provider: providerNames[account.provider] })
            : t('webhook.once')}
        </Text>
        <Copyable text={once ?? url} label={t('webhook.address')} />
        <Text size="sm" c="dimmed">
          {t(hasWebhookSecret ? 'webhook.secretOn' : 'webhook.secretOff')}
        </Text>
        {may('account:edit') && (
          <Group gap="xs">
            <Button
              size="xs"
              variant="default"
              loading={make.isPending}
              onClick={() => make.mutate()}
            >
              {t(hasWebhookSecret ? 'webhook.makeNew' : 'webhook.make')}
            </Button>
            {hasWebhookSecret && (
              <Button
                size="xs"
                variant="default"
                loading={clear.isPending}
                onClick={() => clear.mutate()}
              >
                {t('webhook.clear')}
              </Button>
            )}
          </Group>
        )}
      </Stack>
    </Card>
  )
}
