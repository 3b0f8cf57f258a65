import { Button, Group, Modal, Stack, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Problem } from '../../components/states.js'
import { siteUrl } from '../../config/places.js'
import { createOrganization, organizationsChanged } from './organization-queries.js'

type Props = {
  readonly isOpen: boolean
  readonly onClose: () => void
  readonly onMade: (slug: string) => void
}

export function NewOrganization({ isOpen, onClose, onMade }: Props) {
  const { t } = useTranslation(['account', 'common'])
  const [name, setName] = useState('')
  const create = useMutation({
    mutationFn: () => createOrganization(name, siteUrl),
    onSuccess: async ({ slug }) => {
      await organizationsChanged()
      setName('')
      onMade(slug)
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    create.mutate()
  }
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={t('organizations.new')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <form onSubmit={submit}>
        <Stack>
          {create.isError && <Problem error={create.error} />}
          <TextInput
            label={t('organization.name')}
            description={t('setUp.organizationAbout')}
            required
            withAsterisk={false}
            maxLength={200}
            data-autofocus
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Group justify="flex-end">
            <Button type="submit" loading={create.isPending}>
              {t('organizations.make')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
