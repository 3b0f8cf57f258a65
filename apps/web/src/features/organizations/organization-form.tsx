import { Button, Card, Group, Stack, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Problem } from '../../components/states.js'
import { tellDone } from '../../components/tell.js'
import { faultAt } from '../../lib/problem.js'
import { changeOrganization, organizationsChanged } from './organization-queries.js'

type Props = {
  readonly organization: { readonly id: string; readonly name: string; readonly slug: string }
  /** Its pages have the short name in their address, so they are elsewhere when it changes. */
  readonly onMoved: (slug: string) => void
}

/** The name of an organization, and how addresses name it. */
export function OrganizationForm({ organization, onMoved }: Props) {
  const { t } = useTranslation(['account', 'common'])
  const [name, setName] = useState(organization.name)
  const [slug, setSlug] = useState(organization.slug)
  const change = useMutation({
    mutationFn: () => changeOrganization(organization.id, { name, slug }),
    onSuccess: async (changed) => {
      await organizationsChanged()
      tellDone(t('common:saved'))
      if (changed.slug !== organization.slug) onMoved(changed.slug)
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    change.mutate()
  }
  return (
    <Card component="form" onSubmit={submit} maw={640}>
      <Stack>
        {change.isError && <Problem error={change.error} />}
        <TextInput
          label={t('organization.name')}
          required
          withAsterisk={false}
          maxLength={200}
          value={name}
          error={faultAt(change.error, 'name')}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <TextInput
          label={t('organization.slug')}
          description={t('organization.slugAbout')}
          required
          withAsterisk={false}
          maxLength={60}
          dir="ltr"
          value={slug}
          error={faultAt(change.error, 'slug')}
          onChange={(event) => setSlug(event.currentTarget.value)}
        />
        <Group justify="flex-end">
          <Button
            type="submit"
            loading={change.isPending}
            disabled={name === organization.name && slug === organization.slug}
          >
            {t('common:save')}
          </Button>
        </Group>
      </Stack>
    </Card>
  )
}
