import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Problem } from '../../components/states.js'
import { tellDone } from '../../components/tell.js'
import { answer, api } from '../../lib/api.js'
import { faultAt } from '../../lib/problem.js'
import { type LearnerDetail, refreshPeople } from './learner-queries.js'

type Props = {
  readonly learner: LearnerDetail
  readonly isOpen: boolean
  readonly onClose: () => void
}

/** How a learner is called, until an event says otherwise. */
export function CorrectLearner({ learner, isOpen, onClose }: Props) {
  const { t } = useTranslation(['people', 'common'])
  const { id, name, username, email } = learner
  const form = useForm({ mode: 'uncontrolled', initialValues: { name, username, email } })
  const save = useMutation({
    mutationFn: (body: { name: string; username: string; email: string }) =>
      answer(api.PATCH('/api/v1/learners/{id}', { params: { path: { id } }, body })),
    onSuccess: () => {
      tellDone(t('common:saved'))
      void refreshPeople()
      onClose()
    },
  })
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={t('correct.title')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <form onSubmit={form.onSubmit((values) => save.mutate(values))}>
        <Stack>
          <Text size="sm" c="dimmed">
            {t('correct.about')}
          </Text>
          {(['name', 'username', 'email'] as const).map((field) => (
            <TextInput
              key={form.key(field)}
              label={t(`correct.${field}`)}
              required={field !== 'name'}
              {...(field === 'email' && { type: 'email' })}
              {...form.getInputProps(field)}
              error={faultAt(save.error, field)}
            />
          ))}
          {save.error !== null && <Problem error={save.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('common:cancel')}
            </Button>
            <Button type="submit" loading={save.isPending}>
              {t('common:save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
