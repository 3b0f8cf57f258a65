import { Button, FileButton, Group, Modal, Stack, Text, Textarea } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Problem } from '../../components/states.js'
import { tellDone } from '../../components/tell.js'
import { queries } from '../../lib/queries.js'
import { importEndorsement } from './issuer-queries.js'

type Props = { readonly isOpen: boolean; readonly onClose: () => void }

/** Takes an endorsement that somebody signed elsewhere; it is verified as anybody would. */
export function TakeEndorsement({ isOpen, onClose }: Props) {
  const { t } = useTranslation(['operations', 'common'])
  const [text, setText] = useState('')
  const take = useMutation({
    mutationFn: () => importEndorsement(text.trim()),
    onSuccess: async () => {
      onClose()
      setText('')
      tellDone(t('endorsements.nowTaken'))
      await queries.invalidateQueries({ queryKey: ['endorsements'] })
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    take.mutate()
  }
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={t('endorsements.take')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <form onSubmit={submit}>
        <Stack>
          <Text size="sm" c="dimmed">
            {t('endorsements.takeAbout')}
          </Text>
          {take.isError && <Problem error={take.error} />}
          <Textarea
            label={t('endorsements.signed')}
            autosize
            minRows={5}
            maxRows={14}
            dir="ltr"
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
            required
            withAsterisk={false}
          />
          <Group justify="space-between">
            <FileButton
              accept=".json,.jwt,.txt,application/json"
              onChange={(file) => void file?.text().then(setText)}
            >
              {(props) => (
                <Button variant="default" {...props}>
                  {t('endorsements.file')}
                </Button>
              )}
            </FileButton>
            <Button type="submit" loading={take.isPending}>
              {t('endorsements.takeIt')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
