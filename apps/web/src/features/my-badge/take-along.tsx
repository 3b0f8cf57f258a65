import { Button, Group, Stack, Text } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Download, Send, Wallet } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Section } from '../../components/section.js'
import { tellDone, tellProblem } from '../../components/tell.js'
import { type BadgeDetail, fileUrl } from '../../lib/backpack.js'
import { hostsQuery } from '../../lib/badge-hosts.js'
import { sendToHost } from './host-queries.js'
import { WalletDialog } from './wallet-dialog.js'

/** The badge as a file, in a wallet, or at another place where one keeps badges. */
export function TakeAlong({ badge }: { readonly badge: BadgeDetail }) {
  const { t } = useTranslation('backpack')
  const [hasWallet, setWallet] = useState(false)
  return (
    <Section title={t('take.title')} about={t('take.about')}>
      {badge.forms.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('take.none')}
        </Text>
      ) : (
        <Stack component="ul" gap="xs" p={0} m={0} style={{ listStyle: 'none' }}>
          {badge.forms.map((form) => (
            <Group key={form} component="li" justify="space-between" gap="xs">
              <Text size="sm" flex={1} miw={160}>
                {t(`take.forms.${form}.text`)}
              </Text>
              <Button
                component="a"
                href={fileUrl(badge.id, form)}
                download
                size="xs"
                variant="default"
                leftSection={<Download size={14} aria-hidden />}
                aria-label={t('take.download', { form: t(`take.forms.${form}.name`) })}
              >
                {t(`take.forms.${form}.name`)}
              </Button>
            </Group>
          ))}
        </Stack>
      )}
      <Group gap="xs">
        {badge.canHaveWallet && (
          <Button
            variant="default"
            leftSection={<Wallet size={16} aria-hidden />}
            onClick={() => setWallet(true)}
          >
            {t('wallet.add')}
          </Button>
        )}
        <Hosts badgeId={badge.id} />
      </Group>
      <WalletDialog badge={badge} isOpen={hasWallet} onClose={() => setWallet(false)} />
    </Section>
  )
}

/** Other places that are connected; most people have none, and see nothing of them. */
function Hosts({ badgeId }: { readonly badgeId: string }) {
  const { t } = useTranslation('backpack')
  const hosts = useQuery(hostsQuery)
  const send = useMutation({
    mutationFn: (hostId: string) => sendToHost(hostId, badgeId),
    onSuccess: ({ message }) => tellDone(message),
    onError: tellProblem,
  })
  const connected = hosts.data?.items.filter(({ state }) => state === 'connected') ?? []
  return connected.map(({ id, name }) => (
    <Button
      key={id}
      variant="default"
      leftSection={<Send size={16} aria-hidden />}
      loading={send.isPending && send.variables === id}
      onClick={() => send.mutate(id)}
    >
      {t('take.send', { name })}
    </Button>
  ))
}
