import { Button, Group, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import i18next from 'i18next'

/** Says that something is done, with a button that takes it back. */
export function tellUndo(message: string, undo: () => void): void {
  const id = notifications.show({
    message: (
      <Group justify="space-between" wrap="nowrap" gap="sm">
        <Text size="sm">{message}</Text>
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => {
            notifications.hide(id)
            undo()
          }}
        >
          {i18next.t('undo')}
        </Button>
      </Group>
    ),
    color: 'teal.9',
    withBorder: true,
    autoClose: 8000,
    closeButtonProps: { 'aria-label': i18next.t('close') },
  })
}
