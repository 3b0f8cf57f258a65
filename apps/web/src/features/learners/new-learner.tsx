import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Problem } from '../../components/states.js'
import { answer, api } from '../../lib/api.js'
import { faultAt } from '../../lib/problem.js'
import { type Learner, refreshPeople } from './learner-queries.js'

type Props = { readonly onClose: () => void; readonly onMade: (made: Learner) => void }

/** Enters somebody whom the LMS does not know. */
export function NewLearner({ onClose, onMade }: Props) {
  const { t } = useTranslation(['people', 'common'])
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { name: '', username: '', email: '' },
  })
  const enter = useMutation({
    mutationFn: (body: { name: string; username: string; email: string }) =>
      answer(api.POST('/api/v1/learners', { body })),
    onSuccess: (made) => {
      void refreshPeople()
      onMade(made)
    },
  })
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('newLearner.title')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <form onSubmit={form.onSubmit((values) => enter.mutate(values))}>
        <Stack>
          <Text size="sm" c="dimmed">
            {t('newLearner.about')}
          </Text>
          {(['name', 'username', 'email'] as const).map((field) => (
            <TextInput
              key={form.key(field)}
              label={t(`correct.${field}`)}
              required={field !== 'name'}
              {...(field === 'email' && { type: 'email' })}
              {...form.getInputProps(field)}
              error={faultAt(enter.error, field)}
            />
          ))}
          {enter.error !== null && <Problem error={enter.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('common:cancel')}
            </Button>
            <Button type="submit" loading={enter.isPending}>
              {t('newLearner.confirm')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
