import { Button, List, Modal, Stack, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { RefreshCw } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { tellProblem } from '../../components/tell.js'
import { answer, api } from '../../lib/api.js'
import { refreshPeople } from './learner-queries.js'

/** Judges the learner anew and says what changed. */
export function Recompute({ learnerId }: { learnerId: string }) {
  const { t } = useTranslation(['people', 'common'])
  const recompute = useMutation({
    mutationFn: () =>
      answer(api.POST('/api/v1/learners/{id}/recompute', { params: { path: { id: learnerId } } })),
    onSuccess: () => void refreshPeople(),
    onError: tellProblem,
  })
  const { data } = recompute
  return (
    <>
      <Button
        variant="default"
        leftSection={<RefreshCw size={16} aria-hidden />}
        loading={recompute.isPending}
        onClick={() => recompute.mutate()}
      >
        {t('recompute.button')}
      </Button>
      <Modal
        opened={data !== undefined}
        onClose={() => recompute.reset()}
        title={t('recompute.title')}
        closeButtonProps={{ 'aria-label': t('common:close') }}
      >
        <Stack>
          <Text>
            {t(data?.changes.length === 0 ? 'recompute.nothing' : 'recompute.changed', {
              count: data?.judged ?? 0,
            })}
          </Text>
          {data !== undefined && data.changes.length > 0 && (
            <List>
              {data.changes.map(({ awardId, change, template }) => (
                <List.Item key={`${awardId} ${change}`}>
                  {t(`recompute.${change}`, { name: template.name })}
                </List.Item>
              ))}
            </List>
          )}
          <Button onClick={() => recompute.reset()} data-autofocus>
            {t('common:close')}
          </Button>
        </Stack>
      </Modal>
    </>
  )
}
