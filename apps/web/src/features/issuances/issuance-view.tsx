import {
  Alert,
  Anchor,
  Button,
  Card,
  Grid,
  Group,
  SimpleGrid,
  Stack,
  Text,
  Timeline,
  Title,
} from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { CircleAlert, ExternalLink, RefreshCw } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { BadgePicture } from '../../components/badge-picture.js'
import { GoButton, GoLink } from '../../components/go.js'
import { tellDone, tellProblem } from '../../components/tell.js'
import { When } from '../../components/when.js'
import { answer, api } from '../../lib/api.js'
import { format } from '../../lib/format.js'
import { useMay } from '../../lib/session.js'
import { type IssuanceDetail, refreshIssuances } from './issuance-queries.js'
import { isRetryable } from './issuance-table.js'
import { StateChip } from './state-chip.js'

type Props = { readonly issuance: IssuanceDetail; readonly base: string }

/** One issuance: what is in the way and what to do about it, and everything that happened. */
export function IssuanceView({ issuance, base }: Props) {
  const { t } = useTranslation('people')
  return (
    <Grid gap="lg">
      <Grid.Col span={{ base: 12, md: 7 }}>
        <Stack>
          <Trouble issuance={issuance} base={base} />
          <Facts issuance={issuance} base={base} />
        </Stack>
      </Grid.Col>
      <Grid.Col span={{ base: 12, md: 5 }}>
        <Card component="section">
          <Title order={2} size="h4" mb="md">
            {t('history.title')}
          </Title>
          <History issuance={issuance} />
        </Card>
      </Grid.Col>
    </Grid>
  )
}

function Trouble({ issuance, base }: Props) {
  const { t } = useTranslation('people')
  const may = useMay()
  const { id, account, template, lastError, remedy } = issuance
  const again = useMutation({
    mutationFn: () =>
      answer(api.POST('/api/v1/issuances/{id}/retry', { params: { path: { id } } })),
    onSuccess: () => {
      tellDone(t('retry.done', { count: 1 }))
      void refreshIssuances()
    },
    onError: tellProblem,
  })
  if (!isRetryable(issuance)) return null
  return (
    <Alert
      variant="default"
      icon={<CircleAlert aria-hidden color="var(--rosette-bad)" />}
      title={lastError ?? issuance.note ?? t('issuances.stopped')}
      styles={{
        root: { backgroundColor: 'var(--rosette-card)', borderColor: 'var(--rosette-bad)' },
      }}
    >
      <Stack>
        {remedy !== null && <Text>{remedy}</Text>}
        <Group gap="sm">
          {may('issuance:edit') && (
            <Button
              leftSection={<RefreshCw size={16} aria-hidden />}
              loading={again.isPending}
              onClick={() => again.mutate()}
            >
              {t('retry.one')}
            </Button>
          )}
          {account !== null && may('account:read') && (
            <GoButton to={`${base}/providers/${account.id}`} variant="default">
              {t('issuances.openAccount')}
            </GoButton>
          )}
          <GoButton to={`${base}/badges/${template.id}/issuing`} variant="default">
            {t('issuances.openBadge')}
          </GoButton>
        </Group>
      </Stack>
    </Alert>
  )
}

function Facts({ issuance, base }: Props) {
  const { t } = useTranslation('people')
  const { template, learner, account, externalState, externalUrl, externalId, attempts } = issuance
  return (
    <Card>
      <Group align="flex-start" gap="lg">
        <BadgePicture templateId={template.id} size={96} />
        <SimpleGrid cols={{ base: 1, xs: 2 }} flex={1} miw={200}>
          <Fact label={t('awards.badge')}>
            <GoLink to={`${base}/badges/${template.id}`}>{template.name}</GoLink>
          </Fact>
          <Fact label={t('awards.learner')}>
            <GoLink to={`${base}/learners/${learner.id}`}>
              {learner.name || learner.username}
            </GoLink>
            <Text size="xs" c="dimmed">
              {learner.email}
            </Text>
          </Fact>
          <Fact label={t('issuances.where')}>{account?.name ?? t('issuances.own')}</Fact>
          <Fact label={t('issuances.wanted')}>{t(`wanted.${issuance.wanted}`)}</Fact>
          <Fact label={t('issuances.tries')}>{format.number(attempts)}</Fact>
          {issuance.nextTryAt !== null && (
            <Fact label={t('issuances.nextTry')}>
              <When at={issuance.nextTryAt} />
            </Fact>
          )}
          {externalState !== null && (
            <Fact label={t('issuances.theirWord', { account: account?.name ?? '' })}>
              <span dir="ltr">{externalState}</span>
            </Fact>
          )}
          {externalId !== null && (
            <Fact label={t('issuances.theirId')}>
              {externalUrl === null ? (
                <span dir="ltr">{externalId}</span>
              ) : (
                <Anchor href={externalUrl} target="_blank" rel="noreferrer">
                  {t('issuances.openThere')} <ExternalLink size={14} aria-hidden />
                </Anchor>
              )}
            </Fact>
          )}
          <Fact label={t('issuances.award')}>
            <GoLink to={`${base}/awards/${issuance.awardId}`}>{t('issuances.openAward')}</GoLink>
          </Fact>
        </SimpleGrid>
      </Group>
    </Card>
  )
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <Text size="xs" c="dimmed">
        {label}
      </Text>
      <Text component="div">{children}</Text>
    </div>
  )
}

function History({ issuance }: { issuance: IssuanceDetail }) {
  const { t } = useTranslation('people')
  const { history } = issuance
  return (
    <Timeline active={history.length} bulletSize={18} lineWidth={2}>
      {history.map((entry, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: entries have no ids, and are never put elsewhere
        <Timeline.Item key={index} title={<StateChip state={entry.state} />}>
          <Text size="sm" c="dimmed" mt={4}>
            {format.dateTime(entry.at)} · <When at={entry.at} />
          </Text>
          {entry.error !== null && <Text size="sm">{entry.error}</Text>}
          {entry.note !== null && <Text size="sm">{entry.note}</Text>}
          {entry.externalState !== null && (
            <Text size="sm" c="dimmed">
              {t('issuances.theySaid', { word: entry.externalState })}
            </Text>
          )}
          {entry.nextTryAt !== null && (
            <Text size="sm" c="dimmed">
              {t('issuances.nextTry')} <When at={entry.nextTryAt} />
            </Text>
          )}
        </Timeline.Item>
      ))}
    </Timeline>
  )
}
