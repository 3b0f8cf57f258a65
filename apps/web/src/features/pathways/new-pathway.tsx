import { Button, Group, Modal, Stack, Textarea, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Problem } from '../../components/states.js'
import { tellDone } from '../../components/tell.js'
import { createPathway } from './pathway-queries.js'

type Props = {
  readonly organizationId: string
  readonly isOpen: boolean
  readonly onClose: () => void
  readonly onMade: (id: string) => void
}

export function NewPathway({ organizationId, isOpen, onClose, onMade }: Props) {
  const { t } = useTranslation('insights')
  const queries = useQueryClient()
  const form = useForm({ initialValues: { name: '', description: '' } })
  const create = useMutation({
    mutationFn: (values: { name: string; description: string }) =>
      createPathway({ organizationId, ...values }),
    onSuccess: async ({ id }) => {
      await queries.invalidateQueries({ queryKey: ['pathways', organizationId] })
      tellDone(t('pathways.created'))
      onMade(id)
    },
  })
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={t('pathways.new')}
      closeButtonProps={{ 'aria-label': t('close', { ns: 'common' }) }}
    >
      <form onSubmit={form.onSubmit((values) => create.mutate(values))}>
        <Stack>
          <TextInput
            label={t('pathways.name')}
            required
            maxLength={120}
            data-autofocus
            {...form.getInputProps('name')}
          />
          <Textarea
            label={t('pathways.description')}
            description={t('pathways.descriptionHint')}
            maxLength={2000}
            autosize
            minRows={2}
            {...form.getInputProps('description')}
          />
          {create.error !== null && <Problem error={create.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('cancel', { ns: 'common' })}
            </Button>
            <Button type="submit" loading={create.isPending}>
              {t('pathways.create')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
