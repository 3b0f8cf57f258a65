import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Confirm } from '../../components/confirm.js'
import { useGoTo } from '../../components/go.js'
import { tellDone } from '../../components/tell.js'
import { type Collection, deleteCollection } from '../../lib/collections.js'

export function DeleteCollection({ collection }: { readonly collection: Collection }) {
  const { t } = useTranslation(['backpack', 'common'])
  const [isAsked, setAsked] = useState(false)
  const go = useGoTo()
  const { id, name } = collection
  const remove = useMutation({
    mutationFn: () => deleteCollection(id),
    onSuccess: () => {
      tellDone(t('collection.deleted', { name }))
      go('/collections')
    },
  })
  return (
    <>
      <Button
        variant="default"
        leftSection={<Trash2 size={16} aria-hidden />}
        onClick={() => setAsked(true)}
      >
        {t('common:delete')}
      </Button>
      <Confirm
        isOpen={isAsked}
        onClose={() => setAsked(false)}
        title={t('collection.deleteTitle', { name })}
        confirm={t('common:delete')}
        isDangerous
        isBusy={remove.isPending}
        error={remove.error}
        onConfirm={() => remove.mutate()}
      >
        {t('collection.deleteText')}
      </Confirm>
    </>
  )
}
