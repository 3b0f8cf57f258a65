import { Button, Card, Group, Stack, Text, ThemeIcon, Title } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { CircleCheck } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Chip, type Tone } from '../../components/chips.js'
import { GoButton } from '../../components/go.js'
import { tellDone, tellProblem } from '../../components/tell.js'
import { When } from '../../components/when.js'
import { queries } from '../../lib/queries.js'
import { useMay, useOrganization } from '../../lib/session.js'
import { type Need, resolveNotice, retryFailed } from './dashboard-queries.js'
import { needDetail, needPlace, needSentence } from './need-words.js'

/** What needs a person, each with the way to the place where it is fixed. */
export function Needs({ needs }: { needs: readonly Need[] }) {
  const { t } = useTranslation('operations')
  return (
    <Card component="section" aria-labelledby="needs-you" padding="lg">
      <Title order={2} size="h4" id="needs-you" mb="sm">
        {t('needs.title')}
      </Title>
      {needs.length === 0 ? (
        <Group gap="sm" wrap="nowrap">
          <ThemeIcon variant="transparent" c="var(--rosette-good)" aria-hidden>
            <CircleCheck />
          </ThemeIcon>
          <Text>{t('needs.nothing')}</Text>
        </Group>
      ) : (
        <Stack component="ul" gap={0} m={0} p={0} style={{ listStyle: 'none' }}>
          {needs.map((need) => (
            <Row key={keyOf(need)} need={need} />
          ))}
        </Stack>
      )}
    </Card>
  )
}

function keyOf({ kind, account, template, subject, subjectId, detail }: Need): string {
  return [kind, account?.id, template?.id, subjectId ?? subject, detail].join(' ')
}

function Row({ need }: { need: Need }) {
  const { t } = useTranslation('operations')
  const { slug } = useOrganization()
  const tone: Tone = urgent.includes(need.kind) ? 'bad' : 'warn'
  const detail = needDetail(need)
  return (
    <Group
      component="li"
      gap="md"
      py="sm"
      align="flex-start"
      justify="space-between"
      style={{ borderTop: '1px solid var(--rosette-line)' }}
    >
      <Stack gap={4} flex="1 1 320px" align="flex-start">
        <Group gap="xs">
          <Chip tone={tone}>{t(`needs.kinds.${need.kind}`)}</Chip>
          {need.since !== null && (
            <Text size="xs" c="dimmed" component="span">
              <When at={need.since} />
            </Text>
          )}
        </Group>
        <Text fw={500}>{needSentence(t, need)}</Text>
        {detail !== null && (
          <Text size="sm" c="dimmed">
            {t('needs.reason', { reason: detail })}
          </Text>
        )}
      </Stack>
      <Group gap="xs">
        <Action need={need} />
        {need.kind !== 'notice' && (
          <GoButton
            to={needPlace(need, slug)}
            variant="default"
            size="xs"
            label={t('needs.openOf', { what: needSentence(t, need) })}
          >
            {t(`needs.open.${need.kind}`)}
          </GoButton>
        )}
      </Group>
    </Group>
  )
}

const urgent: readonly Need['kind'][] = [
  'account-paused',
  'issuances-failed',
  'consumer-behind',
  'signals-stopped',
]

/** What can be done in place. */
function Action({ need: { kind, account, subjectId, count } }: { need: Need }) {
  const { t } = useTranslation('operations')
  const { id } = useOrganization()
  const may = useMay()
  const act = useMutation({
    mutationFn: async () => {
      if (kind === 'notice') await resolveNotice(subjectId ?? '')
      else await retryFailed(id, account?.id)
    },
    onSuccess: async () => {
      tellDone(kind === 'notice' ? t('needs.resolved') : t('needs.retried', { count }))
      await queries.invalidateQueries({ queryKey: ['dashboard'] })
    },
    onError: tellProblem,
  })
  const isOffered =
    kind === 'notice' ? may('notice:edit') : kind === 'issuances-failed' && may('issuance:edit')
  if (!isOffered) return null
  return (
    <Button size="xs" loading={act.isPending} onClick={() => act.mutate()}>
      {kind === 'notice' ? t('needs.seenTo') : t('needs.retryAll', { count })}
    </Button>
  )
}
