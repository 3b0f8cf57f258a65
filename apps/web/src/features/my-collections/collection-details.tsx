import { Button, Group, Stack, Textarea, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Section } from '../../components/section.js'
import { Problem } from '../../components/states.js'
import { tellDone } from '../../components/tell.js'
import { type Collection, updateCollection } from '../../lib/collections.js'

/** The name, and what it is about. */
export function CollectionDetails({ collection }: { readonly collection: Collection }) {
  const { t } = useTranslation(['backpack', 'common'])
  const [name, setName] = useState(collection.name)
  const [description, setDescription] = useState(collection.description)
  const save = useMutation({
    mutationFn: () => updateCollection(collection.id, { name, description }),
    onSuccess: () => tellDone(t('common:saved')),
  })
  const isChanged = name !== collection.name || description !== collection.description
  const submit = (event: FormEvent) => {
    event.preventDefault()
    save.mutate()
  }
  return (
    <Section title={t('collection.details')}>
      <form onSubmit={submit}>
        <Stack gap="sm">
          {save.isError && <Problem error={save.error} />}
          <TextInput
            label={t('collection.name')}
            required
            withAsterisk={false}
            maxLength={120}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Textarea
            label={t('collection.description')}
            autosize
            minRows={3}
            maxLength={4000}
            value={description}
            onChange={(event) => setDescription(event.currentTarget.value)}
          />
          <Group justify="flex-end">
            <Button type="submit" loading={save.isPending} disabled={!isChanged}>
              {t('common:save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Section>
  )
}
