import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Problem } from './states.js'

type Props = {
  readonly isOpen: boolean
  readonly onClose: () => void
  /** Names the object. */
  readonly title: string
  /** What follows, and for how many people. */
  readonly children: ReactNode
  readonly confirm: string
  readonly onConfirm: () => void
  readonly isBusy?: boolean
  readonly error?: unknown
  readonly isDangerous?: boolean
}

/** Asks before something that cannot be taken back. */
export function Confirm(props: Props) {
  const { isOpen, onClose, title, children, confirm, onConfirm } = props
  const { isBusy = false, error, isDangerous = false } = props
  const { t } = useTranslation()
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={title}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <Stack>
        <Text component="div">{children}</Text>
        {error !== undefined && error !== null && <Problem error={error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button onClick={onConfirm} loading={isBusy} {...(isDangerous && { color: 'red.9' })}>
            {confirm}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
