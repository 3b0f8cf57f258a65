import { Button, Group, Modal, Radio, Stack, Textarea, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Problem } from '../../components/states.js'
import { tellDone } from '../../components/tell.js'
import { faultAt } from '../../lib/problem.js'
import { queries } from '../../lib/queries.js'
import { endorse, type Issuer } from './issuer-queries.js'

type Props = { readonly issuer: Issuer; readonly isOpen: boolean; readonly onClose: () => void }

/** Says something good of another issuer or of its badge, by its id or its public address. */
export function GiveEndorsement({ issuer, isOpen, onClose }: Props) {
  const { t } = useTranslation(['operations', 'common'])
  const [of, setOf] = useState<'badge' | 'issuer'>('badge')
  const [address, setAddress] = useState('')
  const [comment, setComment] = useState('')
  const id = idIn(address)
  const give = useMutation({
    mutationFn: () =>
      endorse({
        issuerId: issuer.id,
        subject: of === 'badge' ? { badgeTemplateId: id } : { issuerId: id },
        comment,
      }),
    onSuccess: async () => {
      onClose()
      setComment('')
      setAddress('')
      tellDone(t('endorsements.nowGiven'))
      await queries.invalidateQueries({ queryKey: ['endorsements'] })
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    give.mutate()
  }
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={t('endorsements.give')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <form onSubmit={submit}>
        <Stack>
          {give.isError && <Problem error={give.error} />}
          <Radio.Group
            label={t('endorsements.what')}
            value={of}
            onChange={(value) => setOf(value === 'issuer' ? 'issuer' : 'badge')}
          >
            <Group gap="md" mt={6}>
              <Radio value="badge" label={t('endorsements.aBadge')} />
              <Radio value="issuer" label={t('endorsements.anIssuer')} />
            </Group>
          </Radio.Group>
          <TextInput
            label={t('endorsements.address')}
            description={t('endorsements.addressHint')}
            value={address}
            onChange={(event) => setAddress(event.currentTarget.value)}
            error={faultAt(give.error, 'subject')}
            required
            withAsterisk={false}
          />
          <Textarea
            label={t('endorsements.comment')}
            autosize
            minRows={3}
            maxLength={2000}
            value={comment}
            onChange={(event) => setComment(event.currentTarget.value)}
            error={faultAt(give.error, 'comment')}
            required
            withAsterisk={false}
          />
          <Group justify="flex-end">
            <Button type="submit" loading={give.isPending}>
              {t('endorsements.sign')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}

/** The id alone, or the last part of a public address. */
function idIn(text: string): string {
  const parts = text.trim().split(/[/?#]/).filter(Boolean)
  return parts.at(-1) ?? ''
}
