import { Button, Group } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { tellDone, tellProblem } from '../../components/tell.js'
import { answer, api } from '../../lib/api.js'
import { keepTemplate } from '../../lib/badge-templates.js'
import type { LookChange } from './look-values.js'

export type Change = { readonly to: LookChange; readonly undo: LookChange }

/** Saves a change of a badge, and offers to take it back. */
export function useSave(id: string) {
  const { t } = useTranslation(['badges', 'common'])
  const send = (body: LookChange) =>
    answer(api.PATCH('/api/v1/badge-templates/{id}', { params: { path: { id } }, body }))
  const undo = useMutation({
    mutationFn: send,
    onSuccess: (template) => {
      keepTemplate(template)
      tellDone(t('save.undone'))
    },
    onError: tellProblem,
  })
  return useMutation({
    mutationFn: ({ to }: Change) => send(to),
    onSuccess: (template, change) => {
      keepTemplate(template)
      const notification = notifications.show({
        color: 'teal.9',
        withBorder: true,
        autoClose: 8000,
        message: (
          <Group justify="space-between" gap="sm">
            {t('common:saved')}
            <Button
              size="compact-sm"
              variant="default"
              onClick={() => {
                notifications.hide(notification)
                undo.mutate(change.undo)
              }}
            >
              {t('common:undo')}
            </Button>
          </Group>
        ),
      })
    },
  })
}
