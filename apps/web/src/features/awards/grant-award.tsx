import { Button, Checkbox, Group, Modal, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Problem } from '../../components/states.js'
import { tellDone } from '../../components/tell.js'
import { answer, api } from '../../lib/api.js'
import { faultAt } from '../../lib/problem.js'
import { refreshAwards } from './award-queries.js'
import { BadgePick, LearnerPick } from './picks.js'

type Person = { readonly id: string; readonly name: string; readonly username: string }
type Props = {
  readonly organizationId: string
  /** Whose badge it will be; asked for where it is not known. */
  readonly learner?: Person | undefined
  readonly isOpen: boolean
  readonly onClose: () => void
}

/** Awards a badge by hand. */
export function GrantAward({ organizationId, learner, isOpen, onClose }: Props) {
  const { t } = useTranslation(['people', 'common'])
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      size="lg"
      title={
        learner === undefined
          ? t('grant.title')
          : t('grant.titleFor', { name: learner.name || learner.username })
      }
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <GrantForm organizationId={organizationId} learner={learner} onClose={onClose} />
    </Modal>
  )
}

const empty = {
  templateId: '',
  learnerId: '',
  instance: '',
  awardedAt: '',
  evidenceUrl: '',
  evidenceName: '',
  narrative: '',
  reason: '',
  showsName: false,
}
type Values = typeof empty

function GrantForm({ organizationId, learner, onClose }: Omit<Props, 'isOpen'>) {
  const { t } = useTranslation(['people', 'common'])
  const form = useForm({
    initialValues: { ...empty, learnerId: learner?.id ?? '' },
    validate: {
      templateId: (value) => (value === '' ? t('grant.badgeMissing') : null),
      learnerId: (value) => (value === '' ? t('grant.learnerMissing') : null),
    },
  })
  const grant = useMutation({
    mutationFn: grantBy,
    onSuccess: (award) => {
      const name = award.learner.name || award.learner.username
      tellDone(t('grant.done', { badge: award.template.name, learner: name }))
      void refreshAwards()
      onClose()
    },
  })
  const at = (path: string) => faultAt(grant.error, path)
  return (
    <form onSubmit={form.onSubmit((values) => grant.mutate(values))} noValidate>
      <Stack>
        <BadgePick
          organizationId={organizationId}
          value={form.values.templateId}
          instance={form.values.instance}
          error={form.errors['templateId']}
          instanceError={at('instance')}
          onChange={(templateId, instance) => form.setValues({ templateId, instance })}
        />
        {learner === undefined && (
          <LearnerPick
            value={form.values.learnerId}
            error={form.errors['learnerId']}
            onChange={(learnerId) => form.setFieldValue('learnerId', learnerId)}
          />
        )}
        <TextInput
          type="date"
          label={t('grant.date')}
          description={t('grant.dateText')}
          {...form.getInputProps('awardedAt')}
          error={at('awardedAt')}
          max={new Date().toISOString().slice(0, 10)}
          w={220}
        />
        <Group grow align="flex-start">
          <TextInput
            label={t('grant.evidence')}
            description={t('grant.evidenceText')}
            placeholder="https://"
            type="url"
            {...form.getInputProps('evidenceUrl')}
            error={at('evidence.0.url')}
          />
          <TextInput
            label={t('grant.evidenceName')}
            description={t('grant.evidenceNameText')}
            {...form.getInputProps('evidenceName')}
          />
        </Group>
        <Textarea
          label={t('grant.narrative')}
          description={t('grant.narrativeText')}
          autosize
          minRows={2}
          {...form.getInputProps('narrative')}
        />
        <TextInput
          label={t('grant.reason')}
          description={t('grant.reasonText')}
          {...form.getInputProps('reason')}
        />
        <Checkbox
          label={t('grant.showsName')}
          description={t('grant.showsNameText')}
          {...form.getInputProps('showsName', { type: 'checkbox' })}
        />
        {grant.error !== null && <Problem error={grant.error} />}
        <Group justify="flex-end">
          <Text size="sm" c="dimmed" flex={1}>
            {t('grant.note')}
          </Text>
          <Button variant="default" onClick={onClose}>
            {t('common:cancel')}
          </Button>
          <Button type="submit" loading={grant.isPending}>
            {t('grant.confirm')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

async function grantBy(values: Values) {
  const { templateId: id, learnerId, instance, awardedAt, evidenceUrl, evidenceName } = values
  const evidence = {
    ...(evidenceUrl.trim() !== '' && { url: evidenceUrl.trim() }),
    ...(evidenceName.trim() !== '' && { name: evidenceName.trim() }),
  }
  const award = await answer(
    api.POST('/api/v1/badge-templates/{id}/awards', {
      params: { path: { id } },
      body: {
        learnerId,
        ...(instance !== '' && { instance }),
        ...(awardedAt !== '' && { awardedAt: new Date(`${awardedAt}T00:00:00`).toISOString() }),
        ...(Object.keys(evidence).length > 0 && { evidence: [evidence] }),
        ...(values.narrative.trim() !== '' && { narrative: values.narrative.trim() }),
        ...(values.reason.trim() !== '' && { reason: values.reason.trim() }),
      },
    }),
  )
  if (!values.showsName) return award
  const named = { params: { path: { id: award.id } }, body: { showsName: true } }
  return await answer(api.PATCH('/api/v1/awards/{id}', named))
}
