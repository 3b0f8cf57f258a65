import { Button, Card, Code, Group, Menu, Stack, Text, Title } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { ChevronDown } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Chip } from '../../components/chips.js'
import { tellDone, tellProblem } from '../../components/tell.js'
import { When } from '../../components/when.js'
import { queries } from '../../lib/queries.js'
import { useMay } from '../../lib/session.js'
import { type Issuer, type IssuerKey, rotateKey } from './issuer-queries.js'
import { StolenKey } from './stolen-key.js'

const algorithms = ['Ed25519', 'P-256', 'RSA'] as const

/** The keys with which an issuer signs; old ones stay published, so that old badges keep verifying. */
export function KeyList({ issuer }: { issuer: Issuer }) {
  const { t } = useTranslation('operations')
  const [stolen, setStolen] = useState<IssuerKey>()
  return (
    <Card component="section" aria-labelledby="issuer-keys">
      <Group justify="space-between" mb="xs">
        <Title order={2} size="h5" id="issuer-keys">
          {t('keys.title')}
        </Title>
        <Rotate issuer={issuer} />
      </Group>
      <Text size="sm" c="dimmed" mb="sm">
        {t('keys.about')}
      </Text>
      <Stack component="ul" gap={0} m={0} p={0} style={{ listStyle: 'none' }}>
        {issuer.keys.map((key) => (
          <Row key={key.kid} issuerKey={key} onStolen={() => setStolen(key)} />
        ))}
      </Stack>
      {stolen !== undefined && (
        <StolenKey
          key={stolen.kid}
          issuer={issuer}
          kid={stolen.kid}
          onClose={() => setStolen(undefined)}
        />
      )}
    </Card>
  )
}

function Rotate({ issuer }: { issuer: Issuer }) {
  const { t } = useTranslation('operations')
  const may = useMay()
  const rotate = useMutation({
    mutationFn: (algorithm: IssuerKey['algorithm']) => rotateKey(issuer.id, algorithm),
    onSuccess: async () => {
      tellDone(t('keys.rotated'))
      await queries.invalidateQueries({ queryKey: ['issuers'] })
    },
    onError: tellProblem,
  })
  if (!may('issuer:edit')) return null
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button
          size="xs"
          variant="default"
          loading={rotate.isPending}
          rightSection={<ChevronDown size={14} aria-hidden />}
        >
          {t('keys.rotate')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {algorithms.map((algorithm) => (
          <Menu.Item key={algorithm} onClick={() => rotate.mutate(algorithm)}>
            {t(`keys.use.${algorithm}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

function Row({ issuerKey, onStolen }: { issuerKey: IssuerKey; onStolen: () => void }) {
  const { t } = useTranslation('operations')
  const may = useMay()
  const { kid, algorithm, createdAt, retiredAt, revokedAt, revocationReason } = issuerKey
  const state = revokedAt !== null ? 'stolen' : retiredAt !== null ? 'retired' : 'used'
  const tone = { stolen: 'bad', retired: 'quiet', used: 'good' } as const
  return (
    <Group
      component="li"
      py="sm"
      gap="sm"
      justify="space-between"
      align="flex-start"
      style={{ borderTop: '1px solid var(--rosette-line)' }}
    >
      <Stack gap={4} miw={0} flex="1 1 260px" align="flex-start">
        <Group gap="xs">
          <Chip tone={tone[state]}>{t(`keys.states.${state}`)}</Chip>
          <Text size="sm">{t(`keys.signs.${algorithm}`)}</Text>
        </Group>
        <Code dir="ltr" style={{ overflowWrap: 'anywhere' }}>
          {kid}
        </Code>
        <Text size="xs" c="dimmed">
          {t('keys.made')} <When at={createdAt} />
        </Text>
        {revocationReason !== null && <Text size="sm">{revocationReason}</Text>}
      </Stack>
      {revokedAt === null && may('issuer:edit') && (
        <Button
          size="xs"
          variant="default"
          onClick={onStolen}
          aria-label={t('keys.stolenOf', { kid })}
        >
          {t('keys.stolen')}
        </Button>
      )}
    </Group>
  )
}
