import { Alert, Button, Card, Group, Progress, SimpleGrid, Stack, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { CircleCheck } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Confirm } from '../../components/confirm.js'
import { Problem } from '../../components/states.js'
import { answer, api } from '../../lib/api.js'
import { format } from '../../lib/format.js'
import { useMay } from '../../lib/session.js'
import { type AwardImport, importFile, keepImport } from './import-queries.js'

/** What the check has found, the step to run it, and how far it is. */
export function ImportRun({ given }: { given: AwardImport }) {
  return given.state === 'checked' ? <Ready given={given} /> : <Running given={given} />
}

function Ready({ given }: { given: AwardImport }) {
  const { t } = useTranslation('people')
  const may = useMay()
  const [isAsking, setAsking] = useState(false)
  const { ready, faulty, held } = given.checks
  const count = ready + given.checks['new-learner']
  const run = useMutation({
    mutationFn: () =>
      answer(api.POST('/api/v1/award-imports/{id}/run', { params: { path: { id: given.id } } })),
    onSuccess: keepImport,
  })
  return (
    <Card>
      <Stack>
        <SimpleGrid cols={{ base: 2, sm: 4 }}>
          <Figure label={t('check.ready')} value={ready} />
          <Figure label={t('check.new-learner')} value={given.checks['new-learner']} />
          <Figure label={t('check.held')} value={held} />
          <Figure label={t('check.faulty')} value={faulty} />
        </SimpleGrid>
        {run.error !== null && <Problem error={run.error} />}
        <Group justify="space-between">
          <Text c="dimmed" size="sm" flex={1} miw={220}>
            {faulty > 0 ? t('run.leftOut', { count: faulty }) : t('run.allFine')}
          </Text>
          {may('award:edit') && (
            <Button size="md" disabled={count === 0} onClick={() => setAsking(true)}>
              {t('run.button', { count })}
            </Button>
          )}
        </Group>
      </Stack>
      <Confirm
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        title={t('run.title', { count })}
        confirm={t('run.confirm', { count })}
        onConfirm={() => {
          setAsking(false)
          run.mutate()
        }}
      >
        {t('run.text')}
      </Confirm>
    </Card>
  )
}

function Running({ given }: { given: AwardImport }) {
  const { t } = useTranslation(['people', 'common'])
  const { awarded, held, failed } = given.results
  const done = awarded + held + failed
  const total = Math.max(done, given.checks.ready + given.checks['new-learner'])
  const cancel = useMutation({
    mutationFn: () =>
      answer(
        api.POST('/api/v1/award-imports/{id}/cancellation', { params: { path: { id: given.id } } }),
      ),
    onSuccess: keepImport,
  })
  return (
    <Card>
      <Stack>
        {given.state === 'running' ? (
          <>
            <Progress
              value={total === 0 ? 0 : (done / total) * 100}
              size="xl"
              aria-label={t('run.progress')}
            />
            <Group justify="space-between">
              <Text role="status">
                {t('several.sofar', { done: format.number(done), all: format.number(total) })}
              </Text>
              <Button variant="default" loading={cancel.isPending} onClick={() => cancel.mutate()}>
                {t('run.stop')}
              </Button>
            </Group>
            <Text size="sm" c="dimmed">
              {t('run.leave')}
            </Text>
          </>
        ) : (
          <Alert
            variant="default"
            role="status"
            icon={<CircleCheck aria-hidden color="var(--rosette-good)" />}
            title={t(given.state === 'done' ? 'run.done' : 'run.cancelled', { count: awarded })}
            styles={{ root: { backgroundColor: 'transparent' } }}
          >
            {failed > 0 ? t('run.failed', { count: failed }) : t('run.noneFailed')}
          </Alert>
        )}
        {cancel.error !== null && <Problem error={cancel.error} />}
        <SimpleGrid cols={{ base: 2, sm: 4 }}>
          <Figure label={t('result.awarded')} value={awarded} />
          <Figure label={t('result.held')} value={held + given.checks.held} />
          <Figure label={t('result.failed')} value={failed} />
          <Figure label={t('check.faulty')} value={given.checks.faulty} />
        </SimpleGrid>
        {given.state !== 'running' && (
          <Group justify="flex-end">
            <Button component="a" variant="default" href={importFile(given.id)} download>
              {t('common:csv')}
            </Button>
          </Group>
        )}
      </Stack>
    </Card>
  )
}

function Figure({ label, value }: { label: string; value: number }) {
  return (
    <div>
      <Text size="xl" fw={600}>
        {format.number(value)}
      </Text>
      <Text size="sm" c="dimmed">
        {label}
      </Text>
    </div>
  )
}
