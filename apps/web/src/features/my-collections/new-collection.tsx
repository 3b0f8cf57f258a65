import { Button, Group, Modal, Stack, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useGoTo } from '../../components/go.js'
import { Problem } from '../../components/states.js'
import { createCollection } from '../../lib/collections.js'

/** Asks for a name, and goes on to the collection. */
export function NewCollection() {
  const { t } = useTranslation(['backpack', 'common'])
  const [isOpen, setOpen] = useState(false)
  const [name, setName] = useState('')
  const go = useGoTo()
  const make = useMutation({
    mutationFn: () => createCollection(name),
    onSuccess: ({ id }) => go(`/collections/${id}`),
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    make.mutate()
  }
  return (
    <>
      <Button leftSection={<Plus size={18} aria-hidden />} onClick={() => setOpen(true)}>
        {t('collections.new')}
      </Button>
      <Modal
        opened={isOpen}
        onClose={() => setOpen(false)}
        title={t('collections.new')}
        closeButtonProps={{ 'aria-label': t('common:close') }}
      >
        <form onSubmit={submit}>
          <Stack>
            {make.isError && <Problem error={make.error} />}
            <TextInput
              label={t('collection.name')}
              description={t('collection.nameText')}
              required
              withAsterisk={false}
              maxLength={120}
              data-autofocus
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
            />
            <Group justify="flex-end">
              <Button variant="default" onClick={() => setOpen(false)}>
                {t('common:cancel')}
              </Button>
              <Button type="submit" loading={make.isPending}>
                {t('collections.make')}
              </Button>
            </Group>
          </Stack>
        </form>
      </Modal>
    </>
  )
}
