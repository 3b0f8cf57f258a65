import { Button, Card, Group, Text } from '@mantine/core'
import { useBlocker } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Confirm } from '../../components/confirm.js'

type Props = {
  readonly isChanged: boolean
  readonly isSaving: boolean
  readonly onDiscard: () => void
}

/** The end of a form with unsaved changes; people do not leave it by mistake. */
export function SaveBar({ isChanged, isSaving, onDiscard }: Props) {
  const { t } = useTranslation(['badges', 'common'])
  const blocker = useBlocker({
    // What is left is the page: a tab of the list is not.
    shouldBlockFn: ({ current, next }) => isChanged && current.pathname !== next.pathname,
    enableBeforeUnload: () => isChanged,
    withResolver: true,
  })
  return (
    <>
      {isChanged && (
        <Card
          pos="sticky"
          bottom={12}
          padding="sm"
          shadow="lg"
          style={{ zIndex: 5 }}
          role="region"
          aria-label={t('save.label')}
        >
          <Group justify="space-between">
            <Text size="sm" fw={600} role="status">
              {t('save.unsaved')}
            </Text>
            <Group gap="sm">
              <Button variant="default" onClick={onDiscard}>
                {t('save.discard')}
              </Button>
              <Button type="submit" loading={isSaving}>
                {t('common:save')}
              </Button>
            </Group>
          </Group>
        </Card>
      )}
      <Confirm
        isOpen={blocker.status === 'blocked'}
        onClose={() => blocker.reset?.()}
        title={t('save.leaveTitle')}
        confirm={t('save.leave')}
        onConfirm={() => blocker.proceed?.()}
        isDangerous
      >
        {t('save.leaveText')}
      </Confirm>
    </>
  )
}
