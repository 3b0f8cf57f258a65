import { Button, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { GoButton } from '../../components/go.js'
import { Problem } from '../../components/states.js'
import { answer, api } from '../../lib/api.js'
import { queries } from '../../lib/queries.js'
import { sessionQuery } from '../../lib/session.js'
import { useSecret } from '../../lib/use-secret.js'

/** Signs in with the link of a letter. `onDone` is told where the letter wanted to lead. */
export function Enter({ onDone }: { readonly onDone: (to: string | null) => void }) {
  const { t } = useTranslation('backpack')
  const { secret, using } = useSecret(async (given) => {
    const used = await answer(api.POST('/api/v1/sign-in-links/use', { body: { secret: given } }))
    // Whoever was signed in before is not any more, and nothing of theirs is shown.
    queries.clear()
    queries.setQueryData(sessionQuery.queryKey, used.session)
    onDone(used.to)
  })
  if (secret === '') return <NewLink text={t('enter.notWhole')} />
  if (using.isError) {
    return (
      <Stack gap="md">
        <Problem error={using.error} />
        <NewLink text={t('enter.refused')} />
      </Stack>
    )
  }
  return (
    <Button size="md" loading={using.isPending || using.isSuccess} onClick={() => using.mutate()}>
      {t('enter.do')}
    </Button>
  )
}

function NewLink({ text }: { readonly text: string }) {
  const { t } = useTranslation('backpack')
  return (
    <Stack gap="md">
      <Text size="sm">{text}</Text>
      <GoButton to="/sign-in">{t('enter.newLink')}</GoButton>
    </Stack>
  )
}
