import { Alert, List, Stack, Text, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { TriangleAlert } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Confirm } from '../../components/confirm.js'
import { tellDone } from '../../components/tell.js'
import { answer, api } from '../../lib/api.js'
import { format } from '../../lib/format.js'
import { queries } from '../../lib/queries.js'
import type { LearnerDetail } from './learner-queries.js'

type Props = {
  readonly learner: LearnerDetail
  readonly isOpen: boolean
  readonly onClose: () => void
  readonly onErased: () => void
}

/** Says what goes and what stays, and asks for the user name before it does it. */
export function EraseLearner({ learner, isOpen, onClose, onErased }: Props) {
  const { t } = useTranslation('people')
  const { id, username, name, awards } = learner
  const [typed, setTyped] = useState('')
  const isSame = typed.trim() === username
  const erase = useMutation({
    mutationFn: () =>
      answer(
        api.POST('/api/v1/learners/{id}/erasure', {
          params: { path: { id } },
          body: { username: typed.trim() },
        }),
      ),
    onSuccess: (erased) => {
      queries.removeQueries({ queryKey: ['learners'] })
      void queries.invalidateQueries()
      tellDone(t('erase.done', { events: format.number(erased.events), count: erased.awards }))
      onErased()
    },
  })
  return (
    <Confirm
      isOpen={isOpen}
      onClose={onClose}
      title={t('erase.title', { name: name || username })}
      confirm={t('erase.confirm')}
      onConfirm={() => isSame && erase.mutate()}
      isBusy={erase.isPending}
      error={erase.error}
      isDangerous
    >
      <Stack gap="sm">
        <Alert
          variant="default"
          icon={<TriangleAlert aria-hidden color="var(--rosette-bad)" />}
          title={t('erase.forGood')}
        />
        <Text fw={600}>{t('erase.goes')}</Text>
        <List size="sm">
          <List.Item>{t('erase.goesNames')}</List.Item>
          <List.Item>{t('erase.goesEvents')}</List.Item>
          <List.Item>{t('erase.goesBadges', { count: awards.length })}</List.Item>
        </List>
        <Text fw={600}>{t('erase.stays')}</Text>
        <List size="sm">
          <List.Item>{t('erase.staysAwards')}</List.Item>
          <List.Item>{t('erase.staysLog')}</List.Item>
          <List.Item>{t('erase.staysHash')}</List.Item>
        </List>
        <TextInput
          label={t('erase.type', { username })}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          error={typed !== '' && !isSame ? t('erase.other') : undefined}
          autoComplete="off"
          data-autofocus
        />
      </Stack>
    </Confirm>
  )
}
