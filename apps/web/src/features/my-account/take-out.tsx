import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { Download, Trash2 } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Section } from '../../components/section.js'
import { Problem } from '../../components/states.js'
import { backpackPath, siteUrl } from '../../config/places.js'
import { useSession } from '../../lib/session.js'
import { eraseAccount } from './account-queries.js'

/** Everything as one file, to keep or to carry elsewhere. */
export function ExportCard() {
  const { t } = useTranslation('backpack')
  return (
    <Section title={t('export.title')} about={t('export.about')}>
      <Group>
        <Button
          component="a"
          href={`${siteUrl}/api/v1/backpack/archive`}
          download
          variant="default"
          leftSection={<Download size={16} aria-hidden />}
        >
          {t('export.do')}
        </Button>
      </Group>
    </Section>
  )
}

/** The end of it: asked twice, and for the address. */
export function EraseCard() {
  const { t } = useTranslation(['backpack', 'common'])
  const [isAsked, setAsked] = useState(false)
  return (
    <Section title={t('erase.title')} about={t('erase.about')}>
      <Group>
        <Button
          variant="default"
          c="var(--rosette-bad)"
          leftSection={<Trash2 size={16} aria-hidden />}
          onClick={() => setAsked(true)}
        >
          {t('erase.do')}
        </Button>
      </Group>
      <Modal
        opened={isAsked}
        onClose={() => setAsked(false)}
        title={t('erase.title')}
        closeButtonProps={{ 'aria-label': t('common:close') }}
      >
        <EraseForm onClose={() => setAsked(false)} />
      </Modal>
    </Section>
  )
}

function EraseForm({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation(['backpack', 'common'])
  const { user } = useSession()
  const [email, setEmail] = useState('')
  const erase = useMutation({
    mutationFn: () => eraseAccount(email),
    // Nothing of it stays in the memory of the page, either.
    onSuccess: () => window.location.assign(`${backpackPath}sign-in`),
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    erase.mutate()
  }
  const isRight = email.trim().toLowerCase() === user.email.toLowerCase()
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <Text size="sm">{t('erase.what')}</Text>
        <Text size="sm">{t('erase.stays')}</Text>
        {erase.isError && <Problem error={erase.error} />}
        <TextInput
          label={t('erase.type', { email: user.email })}
          type="email"
          autoComplete="off"
          dir="ltr"
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
          data-autofocus
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('common:cancel')}
          </Button>
          <Button type="submit" color="red.9" loading={erase.isPending} disabled={!isRight}>
            {t('erase.confirm')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
