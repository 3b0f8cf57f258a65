import { Button, Group, Modal, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { MessageSquarePlus } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { EndorsementItem } from '../../components/endorsement-item.js'
import { Section } from '../../components/section.js'
import { Problem } from '../../components/states.js'
import { tellDone } from '../../components/tell.js'
import { answer, api } from '../../lib/api.js'
import { type BadgeDetail, refreshBackpack } from '../../lib/backpack.js'
import { endorsementsQuery } from '../../lib/endorsements.js'
import { faultAt } from '../../lib/problem.js'
import { queries } from '../../lib/queries.js'

/** What others say about it, and a way to ask them. */
export function BadgeEndorsements({ badge }: { readonly badge: BadgeDetail }) {
  const { t } = useTranslation('backpack')
  const [isAsking, setAsking] = useState(false)
  return (
    <Section
      title={t('endorsements.title')}
      about={t('endorsements.about')}
      actions={
        <Button
          variant="default"
          size="xs"
          leftSection={<MessageSquarePlus size={14} aria-hidden />}
          onClick={() => setAsking(true)}
        >
          {t('endorsements.ask')}
        </Button>
      }
    >
      {badge.endorsements.length > 0 && (
        <Stack component="ul" gap="md" p={0} m={0} style={{ listStyle: 'none' }}>
          {badge.endorsements.map((endorsement) => (
            <li key={endorsement.id}>
              <EndorsementItem endorsement={endorsement} />
            </li>
          ))}
        </Stack>
      )}
      <AskDialog badge={badge} isOpen={isAsking} onClose={() => setAsking(false)} />
    </Section>
  )
}

type AskProps = {
  readonly badge: BadgeDetail
  readonly isOpen: boolean
  readonly onClose: () => void
}

function AskDialog({ badge, isOpen, onClose }: AskProps) {
  const { t } = useTranslation(['backpack', 'common'])
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={t('ask.title', { name: badge.name })}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <AskForm badgeId={badge.id} onClose={onClose} />
    </Modal>
  )
}

function AskForm({ badgeId, onClose }: { readonly badgeId: string; readonly onClose: () => void }) {
  const { t } = useTranslation(['backpack', 'common'])
  const [given, setGiven] = useState({ name: '', email: '', message: '' })
  const ask = useMutation({
    mutationFn: () =>
      answer(
        api.POST('/api/v1/backpack/badges/{id}/endorsement-requests', {
          params: { path: { id: badgeId } },
          body: given,
        }),
      ),
    onSuccess: async () => {
      tellDone(t('ask.sent', { email: given.email }))
      onClose()
      await Promise.all([refreshBackpack(), queries.invalidateQueries(endorsementsQuery)])
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    ask.mutate()
  }
  const field = (name: keyof typeof given) => ({
    label: t(`ask.${name}`),
    value: given[name],
    error: faultAt(ask.error, name),
    onChange: (event: { currentTarget: { value: string } }) =>
      setGiven({ ...given, [name]: event.currentTarget.value }),
  })
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          {t('ask.about')}
        </Text>
        {ask.isError && <Problem error={ask.error} />}
        <TextInput
          {...field('name')}
          required
          withAsterisk={false}
          maxLength={200}
          data-autofocus
        />
        <TextInput {...field('email')} type="email" required withAsterisk={false} dir="ltr" />
        <Textarea
          {...field('message')}
          description={t('ask.messageText')}
          autosize
          minRows={3}
          maxLength={2000}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('common:cancel')}
          </Button>
          <Button type="submit" loading={ask.isPending}>
            {t('ask.send')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
