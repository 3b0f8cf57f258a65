import { Button, Group, Modal, Select, Stack, TextInput } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { ListChecks, Paintbrush } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Problem } from '../../components/states.js'
import { answer, api } from '../../lib/api.js'
import { type BadgeTemplate, keepTemplate } from '../../lib/badge-templates.js'
import { faultAt } from '../../lib/problem.js'
import { issuersQuery } from './badge-queries.js'

export type Beginning = 'look' | 'rules'

type Props = {
  readonly organizationId: string
  readonly isOpen: boolean
  readonly onClose: () => void
  readonly onMade: (template: BadgeTemplate, beginning: Beginning) => void
}

/** A name is all that a badge needs to begin with. */
export function NewBadge({ organizationId, isOpen, onClose, onMade }: Props) {
  const { t } = useTranslation(['badges', 'common'])
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={t('new.title')}
      size="lg"
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <NewBadgeForm {...{ organizationId, onMade }} />
    </Modal>
  )
}

function NewBadgeForm({ organizationId, onMade }: Pick<Props, 'organizationId' | 'onMade'>) {
  const { t } = useTranslation(['badges', 'common'])
  const [name, setName] = useState('')
  const [issuerId, setIssuer] = useState<string | null>(null)
  const issuers = useQuery(issuersQuery(organizationId)).data?.items ?? []
  const make = useMutation({
    mutationFn: (_beginning: Beginning) =>
      answer(
        api.POST('/api/v1/badge-templates', {
          body: {
            organizationId,
            name: name.trim(),
            ...(issuerId !== null && { issuerId }),
          },
        }),
      ),
    onSuccess: (template, beginning) => {
      keepTemplate(template)
      onMade(template, beginning)
    },
  })
  const isReady = name.trim() !== '' && (issuers.length <= 1 || issuerId !== null)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (isReady) make.mutate('look')
  }
  const fault = faultAt(make.error, 'name')
  return (
    <form onSubmit={submit}>
      <Stack>
        <TextInput
          label={t('new.name')}
          description={t('new.nameHint')}
          placeholder={t('new.example')}
          data-autofocus
          maxLength={200}
          value={name}
          onChange={({ currentTarget }) => setName(currentTarget.value)}
          error={fault}
        />
        {issuers.length > 1 && (
          <Select
            label={t('new.issuer')}
            description={t('new.issuerHint')}
            data={issuers.map(({ id, name: label }) => ({ value: id, label }))}
            value={issuerId}
            onChange={setIssuer}
          />
        )}
        {make.isError && fault === undefined && <Problem error={make.error} />}
        <Group grow preventGrowOverflow={false}>
          <Button
            type="submit"
            flex="1 1 220px"
            leftSection={<Paintbrush size={16} aria-hidden />}
            disabled={!isReady}
            loading={make.isPending && make.variables === 'look'}
          >
            {t('new.look')}
          </Button>
          <Button
            variant="default"
            flex="1 1 220px"
            leftSection={<ListChecks size={16} aria-hidden />}
            disabled={!isReady}
            loading={make.isPending && make.variables === 'rules'}
            onClick={() => make.mutate('rules')}
          >
            {t('new.rules')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
