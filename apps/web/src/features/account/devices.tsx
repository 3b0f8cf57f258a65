import { Button, Card, Group, Stack, Text, Title } from '@mantine/core'
import { queryOptions, useMutation, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Chip } from '../../components/chips.js'
import { Await } from '../../components/states.js'
import { tellProblem } from '../../components/tell.js'
import { When } from '../../components/when.js'
import { answer, api, done, type Schema } from '../../lib/api.js'
import { queries } from '../../lib/queries.js'

const devicesQuery = queryOptions({
  queryKey: ['sessions'],
  queryFn: () => answer(api.GET('/api/v1/sessions')),
})

/** Where one is signed in, and the way out of each of these places. */
export function Devices() {
  const { t } = useTranslation('account')
  const navigate = useNavigate()
  const devices = useQuery(devicesQuery)
  const endAll = useMutation({
    mutationFn: () => done(api.DELETE('/api/v1/sessions')),
    onSuccess: () => {
      queries.clear()
      return navigate({ to: '/sign-in' })
    },
    onError: tellProblem,
  })
  return (
    <Card component="section" aria-labelledby="devices">
      <Group justify="space-between" mb="md">
        <Title order={2} size="h4" id="devices">
          {t('devices.title')}
        </Title>
        <Button
          variant="default"
          size="xs"
          loading={endAll.isPending}
          onClick={() => endAll.mutate()}
        >
          {t('devices.endAll')}
        </Button>
      </Group>
      <Await query={devices}>
        {({ items }) => (
          <Stack component="ul" gap="sm" p={0} m={0} style={{ listStyle: 'none' }}>
            {items.map((device) => (
              <Device key={device.id} device={device} />
            ))}
          </Stack>
        )}
      </Await>
    </Card>
  )
}

function Device({ device }: { device: Schema<'DeviceSession'> }) {
  const { t } = useTranslation('account')
  const end = useMutation({
    mutationFn: () =>
      done(api.DELETE('/api/v1/sessions/{id}', { params: { path: { id: device.id } } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: devicesQuery.queryKey }),
    onError: tellProblem,
  })
  return (
    <Group component="li" justify="space-between">
      <div>
        <Group gap="xs">
          <Text fw={500}>{device.device}</Text>
          {device.isCurrent && <Chip tone="good">{t('devices.current')}</Chip>}
        </Group>
        <Text size="sm" c="dimmed">
          {t('devices.seen')} <When at={device.lastSeenAt} />
        </Text>
      </div>
      {!device.isCurrent && (
        <Button variant="default" size="xs" loading={end.isPending} onClick={() => end.mutate()}>
          {t('devices.end')}
        </Button>
      )}
    </Group>
  )
}
