import { Button, Code, Group, SimpleGrid, Stack, Table, Tabs, Text, Title } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Confirm } from '../../components/confirm.js'
import { Await, Problem } from '../../components/states.js'
import { tellDone } from '../../components/tell.js'
import { format } from '../../lib/format.js'
import { queries } from '../../lib/queries.js'
import { useMay } from '../../lib/session.js'
import { hexLines, textOf } from './bytes.js'
import {
  type DeadLetterDetail,
  discardOne,
  knownReason,
  letterQuery,
  replayOne,
} from './letter-queries.js'

/** One entry as it came: why it is here, what to do, its headers and its bytes. */
export function LetterView({ id }: { id: string }) {
  const letter = useQuery(letterQuery(id))
  return <Await query={letter}>{(detail) => <Letter letter={detail} />}</Await>
}

function Letter({ letter }: { letter: DeadLetterDetail }) {
  const { t } = useTranslation('operations')
  const known = knownReason(letter.reason)
  return (
    <Stack gap="md">
      <Stack gap={4}>
        <Text fw={500}>{letter.detail}</Text>
        {known !== undefined && <Text c="dimmed">{t(`reasons.${known}.remedy`)}</Text>}
      </Stack>
      {letter.state === 'parked' ? (
        <Actions letter={letter} />
      ) : (
        <Text size="sm" c="dimmed">
          {t(`letters.settled.${letter.state}`, {
            when: letter.settledAt === null ? '' : format.dateTime(letter.settledAt),
          })}
        </Text>
      )}
      <SimpleGrid cols={{ base: 1, lg: 2 }}>
        <Headers letter={letter} />
        <Bytes letter={letter} />
      </SimpleGrid>
    </Stack>
  )
}

function Actions({ letter: { id, eventType } }: { letter: DeadLetterDetail }) {
  const { t } = useTranslation('operations')
  const may = useMay()
  const [isAsking, setAsking] = useState(false)
  const refresh = () => queries.invalidateQueries({ queryKey: ['dead-letters'] })
  const replay = useMutation({
    mutationFn: () => replayOne(id),
    onSuccess: () => tellDone(t('letters.replayed', { count: 1 })),
    onSettled: refresh,
  })
  const discard = useMutation({
    mutationFn: () => discardOne(id),
    onSuccess: () => {
      setAsking(false)
      tellDone(t('letters.discarded'))
    },
    onSettled: refresh,
  })
  if (!may('platform:edit')) return null
  return (
    <>
      {replay.isError && <Problem error={replay.error} />}
      <Group gap="xs">
        <Button size="xs" loading={replay.isPending} onClick={() => replay.mutate()}>
          {t('letters.replay')}
        </Button>
        <Button size="xs" variant="default" onClick={() => setAsking(true)}>
          {t('letters.discard')}
        </Button>
      </Group>
      <Confirm
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        title={t('letters.discardTitle', { what: eventType ?? t('letters.unknownType') })}
        confirm={t('letters.discard')}
        isDangerous
        isBusy={discard.isPending}
        error={discard.error}
        onConfirm={() => discard.mutate()}
      >
        {t('letters.discardText')}
      </Confirm>
    </>
  )
}

function Headers({ letter }: { letter: DeadLetterDetail }) {
  const { t } = useTranslation('operations')
  const rows = Object.entries(letter.headers)
  return (
    <Stack gap="xs">
      <Title order={3} size="h6">
        {t('letters.headers')}
      </Title>
      {rows.length === 0 ? (
        <Text c="dimmed">{t('letters.noHeaders')}</Text>
      ) : (
        <Table.ScrollContainer minWidth={260} scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}>
          <Table aria-label={t('letters.headers')} verticalSpacing={4} dir="ltr">
            <Table.Tbody>
              {rows.map(([name, value]) => (
                <Table.Tr key={name}>
                  <Table.Th scope="row" fw={500} fz="sm">
                    {name}
                  </Table.Th>
                  <Table.Td>
                    <Code style={{ overflowWrap: 'anywhere' }}>{value}</Code>
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </Stack>
  )
}

function Bytes({ letter: { value } }: { letter: DeadLetterDetail }) {
  const { t } = useTranslation('operations')
  return (
    <Stack gap="xs">
      <Title order={3} size="h6">
        {value === null ? t('letters.bytes') : t('letters.bytesOf', { count: value.bytes })}
      </Title>
      {value === null ? (
        <Text c="dimmed">{t('letters.noBytes')}</Text>
      ) : (
        <Tabs defaultValue="text" keepMounted={false}>
          <Tabs.List>
            <Tabs.Tab value="text">{t('letters.asText')}</Tabs.Tab>
            <Tabs.Tab value="hex">{t('letters.asHex')}</Tabs.Tab>
          </Tabs.List>
          {(['text', 'hex'] as const).map((form) => (
            <Tabs.Panel key={form} value={form} pt="xs">
              <Code
                block
                dir="ltr"
                tabIndex={0}
                style={{
                  whiteSpace: form === 'hex' ? 'pre' : 'pre-wrap',
                  maxHeight: 260,
                  overflow: 'auto',
                }}
              >
                {form === 'hex' ? hexLines(value.hex) : textOf(value.base64)}
              </Code>
            </Tabs.Panel>
          ))}
        </Tabs>
      )}
    </Stack>
  )
}
