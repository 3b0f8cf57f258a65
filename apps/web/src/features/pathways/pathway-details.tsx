import { Button, Group, Modal, Stack, Switch, Textarea, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Problem } from '../../components/states.js'
import { tellDone } from '../../components/tell.js'
import { type Pathway, updatePathway } from './pathway-queries.js'

type Props = {
  readonly pathway: Pathway
  readonly isOpen: boolean
  readonly onClose: () => void
  readonly onDelete: () => void
}

/** What the pathway is called, and who may see it. */
export function PathwayDetails({ pathway, isOpen, onClose, onDelete }: Props) {
  const { t } = useTranslation('insights')
  const queries = useQueryClient()
  const { name, description, isPublic } = pathway
  const form = useForm({ initialValues: { name, description, isPublic } })
  const save = useMutation({
    mutationFn: (values: { name: string; description: string; isPublic: boolean }) =>
      updatePathway(pathway.id, values),
    onSuccess: async (saved) => {
      queries.setQueryData(['pathway', pathway.id], saved)
      await queries.invalidateQueries({ queryKey: ['pathways', pathway.organizationId] })
      tellDone(t('pathway.detailsSaved'))
      onClose()
    },
  })
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={t('pathway.details')}
      closeButtonProps={{ 'aria-label': t('close', { ns: 'common' }) }}
    >
      <form onSubmit={form.onSubmit((values) => save.mutate(values))}>
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
          <Switch
            label={t('pathway.isPublic')}
            description={t('pathway.isPublicHint')}
            {...form.getInputProps('isPublic', { type: 'checkbox' })}
          />
          {save.error !== null && <Problem error={save.error} />}
          <Group justify="space-between">
            <Button variant="subtle" c="var(--rosette-bad)" onClick={onDelete}>
              {t('pathway.delete')}
            </Button>
            <Button type="submit" loading={save.isPending}>
              {t('save', { ns: 'common' })}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
