import { Button, Group } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { Pause, Play, PlugZap, RefreshCw } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { tellDone, tellProblem } from '../../components/tell.js'
import { format } from '../../lib/format.js'
import { queries } from '../../lib/queries.js'
import { useMay } from '../../lib/session.js'
import {
  type Account,
  pauseAccount,
  providerNames,
  resumeAccount,
  syncAccount,
  testAccount,
} from './provider-queries.js'
import { syncWords } from './sync-words.js'

const refresh = () =>
  Promise.all(
    ['provider-accounts', 'provider-templates'].map((key) =>
      queries.invalidateQueries({ queryKey: [key] }),
    ),
  )

/** What is done with an account now and then: try it, read its templates, halt it and take it up again. */
export function AccountActions({ account }: { account: Account }) {
  const { t } = useTranslation('operations')
  const may = useMay()
  const { id } = account
  const test = useMutation({
    mutationFn: () => testAccount(id),
    onSuccess: ({ name, credits }) => {
      const parts = [t('providers.connected', { name, provider: providerNames[account.provider] })]
      if (credits !== null) parts.push(t('providers.credits', { count: credits }))
      tellDone(parts.join(' '))
    },
    onError: tellProblem,
    onSettled: refresh,
  })
  const sync = useMutation({
    mutationFn: () => syncAccount(id),
    onSuccess: (summary) => tellDone(syncWords(t, summary, format.list)),
    onError: tellProblem,
    onSettled: refresh,
  })
  const isPaused = account.state === 'paused'
  const halt = useMutation({
    mutationFn: () => (isPaused ? resumeAccount(id) : pauseAccount(id)),
    onSuccess: () => tellDone(t(isPaused ? 'providers.resumed' : 'providers.nowPaused')),
    onError: tellProblem,
    onSettled: refresh,
  })
  if (!may('account:edit')) return null
  return (
    <Group gap="xs">
      <Button
        variant="default"
        loading={test.isPending}
        onClick={() => test.mutate()}
        leftSection={<PlugZap size={16} aria-hidden />}
      >
        {t('providers.test')}
      </Button>
      <Button
        variant="default"
        loading={sync.isPending}
        onClick={() => sync.mutate()}
        leftSection={<RefreshCw size={16} aria-hidden />}
      >
        {t('providers.sync')}
      </Button>
      <Button
        variant={isPaused ? 'filled' : 'default'}
        loading={halt.isPending}
        onClick={() => halt.mutate()}
        leftSection={isPaused ? <Play size={16} aria-hidden /> : <Pause size={16} aria-hidden />}
      >
        {t(isPaused ? 'providers.resume' : 'providers.pause')}
      </Button>
    </Group>
  )
}
