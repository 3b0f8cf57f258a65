import { Button, Group, Modal, Radio, Stack, Textarea, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Problem } from '../../components/states.js'
import { tellDone } from '../../components/tell.js'
import { faultAt } from '../../lib/problem.js'
import { queries } from '../../lib/queries.js'
import { changeIssuer, createIssuer, type Issuer } from './issuer-queries.js'

type Props = {
  readonly organizationId: string
  /** The one to change; a new one is made without. */
  readonly issuer?: Issuer
  readonly isOpen: boolean
  readonly onClose: () => void
  readonly onDone?: (issuer: Issuer) => void
}

/** Who signs badges: what verifiers and learners read of them. */
export function IssuerForm(props: Props) {
  const { t } = useTranslation(['operations', 'common'])
  const { issuer, isOpen, onClose } = props
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={
        issuer === undefined ? t('issuers.add') : t('issuers.editTitle', { name: issuer.name })
      }
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <Form {...props} />
    </Modal>
  )
}

function Form({ organizationId, issuer, onClose, onDone }: Props) {
  const { t } = useTranslation(['operations', 'common'])
  const [name, setName] = useState(issuer?.name ?? '')
  const [url, setUrl] = useState(issuer?.url ?? 'https://')
  const [email, setEmail] = useState(issuer?.email ?? '')
  const [description, setDescription] = useState(issuer?.description ?? '')
  const [identifier, setIdentifier] = useState<Issuer['identifier']>('url')
  const save = useMutation({
    mutationFn: () => {
      const more = { email: email.trim() || null, description: description.trim() || null }
      return issuer === undefined
        ? createIssuer({ organizationId, name, url, identifier, ...more })
        : changeIssuer(issuer.id, { name, url, ...more })
    },
    onSuccess: async (stored) => {
      onClose()
      tellDone(t('common:saved'))
      onDone?.(stored)
      await queries.invalidateQueries({ queryKey: ['issuers'] })
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    save.mutate()
  }
  const needed = { required: true, withAsterisk: false } as const
  return (
    <form onSubmit={submit}>
      <Stack>
        {save.isError && <Problem error={save.error} />}
        <TextInput
          {...needed}
          label={t('issuers.name')}
          description={t('issuers.nameHint')}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={faultAt(save.error, 'name')}
          data-autofocus
        />
        <TextInput
          {...needed}
          type="url"
          label={t('issuers.url')}
          description={t('issuers.urlHint')}
          value={url}
          onChange={(event) => setUrl(event.currentTarget.value)}
          error={faultAt(save.error, 'url')}
        />
        <TextInput
          type="email"
          label={t('issuers.email')}
          description={t('common:optional')}
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
          error={faultAt(save.error, 'email')}
        />
        <Textarea
          label={t('issuers.description')}
          description={t('common:optional')}
          autosize
          minRows={2}
          value={description}
          onChange={(event) => setDescription(event.currentTarget.value)}
          error={faultAt(save.error, 'description')}
        />
        {issuer === undefined && (
          <Radio.Group
            label={t('issuers.identifier')}
            description={t('issuers.identifierHint')}
            value={identifier}
            onChange={(value) => setIdentifier(value === 'did:web' ? 'did:web' : 'url')}
          >
            <Stack gap={6} mt={6}>
              <Radio value="url" label={t('issuers.byUrl')} />
              <Radio value="did:web" label={t('issuers.byDid')} />
            </Stack>
          </Radio.Group>
        )}
        <Group justify="flex-end">
          <Button type="submit" loading={save.isPending}>
            {t('common:save')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
