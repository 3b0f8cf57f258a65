import { Box, Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Chip } from '../../components/chips.js'
import { useGoTo } from '../../components/go.js'
import { Section } from '../../components/section.js'
import { Await, Problem } from '../../components/states.js'
import { tellDone, tellProblem } from '../../components/tell.js'
import { answer, api, done, type Schema } from '../../lib/api.js'
import { hostsQuery } from '../../lib/badge-hosts.js'
import { queries } from '../../lib/queries.js'

/** Other places where one keeps badges; badges can be sent there from their pages. */
export function BadgeHosts() {
  const { t } = useTranslation('backpack')
  const hosts = useQuery(hostsQuery)
  useReturn(hosts.data?.items)
  return (
    <Section id={partId} title={t('hosts.title')} about={t('hosts.about')}>
      <Await query={hosts}>
        {({ items }) =>
          items.length > 0 && (
            <Stack component="ul" gap="sm" p={0} m={0} style={{ listStyle: 'none' }}>
              {items.map((host) => (
                <Host key={host.id} host={host} />
              ))}
            </Stack>
          )
        }
      </Await>
      <Connect />
    </Section>
  )
}

const partId = 'hosts'

/** Says what came of it to who was led back from a host. */
function useReturn(hosts: readonly Schema<'BadgeHost'>[] | undefined): void {
  const { t } = useTranslation('backpack')
  const given: Readonly<Record<string, unknown>> = useSearch({ strict: false })
  const back = hosts?.find(({ id }) => id === given['host'])
  const go = useGoTo()
  const isTold = useRef(false)
  useEffect(() => {
    if (back === undefined || isTold.current) return
    isTold.current = true
    document.getElementById(partId)?.scrollIntoView()
    if (back.state === 'connected') tellDone(t('hosts.connected', { name: back.name }))
    // Once is enough: the page may be loaded again.
    go(`/settings#${partId}`, 'replace')
  }, [back, go, t])
}

const tones = { connecting: 'waiting', connected: 'good', ended: 'bad' } as const

function Host({ host }: { readonly host: Schema<'BadgeHost'> }) {
  const { t } = useTranslation(['backpack', 'common'])
  const { id, name, url, state, lastError, badgesSent } = host
  const remove = useMutation({
    mutationFn: () => done(api.DELETE('/api/v1/me/hosts/{id}', { params: { path: { id } } })),
    onSuccess: async () => {
      tellDone(t('hosts.removed', { name }))
      await queries.invalidateQueries(hostsQuery)
    },
    onError: tellProblem,
  })
  return (
    <Group component="li" justify="space-between" gap="xs">
      <Box flex={1} miw={200}>
        <Group gap="xs">
          <Text fw={500} size="sm" dir="auto">
            {name}
          </Text>
          <Chip tone={tones[state]}>{t(`hosts.state.${state}`)}</Chip>
        </Group>
        <Text size="sm" c="dimmed" dir="ltr" ta="start">
          {url}
        </Text>
        <Text size="sm" c="dimmed">
          {t('hosts.sent', { count: badgesSent })}
        </Text>
        {lastError !== null && <Text size="sm">{lastError}</Text>}
      </Box>
      <Button
        size="xs"
        variant="default"
        loading={remove.isPending}
        onClick={() => remove.mutate()}
        aria-label={t('hosts.removeOf', { name })}
      >
        {t('common:remove')}
      </Button>
    </Group>
  )
}

function Connect() {
  const { t } = useTranslation('backpack')
  const [url, setUrl] = useState('')
  const connect = useMutation({
    mutationFn: () => answer(api.POST('/api/v1/me/hosts', { body: { url } })),
    // It asks its own user there, and leads back.
    onSuccess: ({ authorizeAt }) => window.location.assign(authorizeAt),
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    connect.mutate()
  }
  return (
    <form onSubmit={submit}>
      <Stack gap="xs">
        {connect.isError && <Problem error={connect.error} />}
        <Group align="flex-end" gap="xs">
          <TextInput
            flex={1}
            miw={200}
            label={t('hosts.address')}
            type="url"
            placeholder="https://"
            dir="ltr"
            required
            withAsterisk={false}
            value={url}
            onChange={(event) => setUrl(event.currentTarget.value)}
          />
          <Button type="submit" variant="default" loading={connect.isPending}>
            {t('hosts.connect')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
