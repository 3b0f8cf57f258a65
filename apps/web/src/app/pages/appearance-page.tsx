import { Button, Stack } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Confirm } from '../../components/confirm.js'
import { Page } from '../../components/page.js'
import { Await } from '../../components/states.js'
import { tellDone } from '../../components/tell.js'
import { AppearanceForm } from '../../features/appearance/appearance-form.js'
import { resetAppearance, show } from '../../features/appearance/appearance-queries.js'
import { LogoCard } from '../../features/appearance/logo-card.js'
import { appearanceQuery } from '../../lib/appearance.js'

/** Name, logo, colour and footer of the site. */
export function AppearancePage() {
  const { t } = useTranslation('insights')
  const query = useQuery(appearanceQuery)
  return (
    <Page
      title={t('appearance.title')}
      about={t('appearance.about')}
      actions={query.data?.isChanged === true && <Reset />}
    >
      <Await query={query}>
        {(appearance) => (
          <Stack gap="lg">
            <LogoCard appearance={appearance} />
            <AppearanceForm
              // Another brand is another form; a changed logo leaves what is being written alone.
              key={String(appearance.isChanged)}
              appearance={appearance}
            />
          </Stack>
        )}
      </Await>
    </Page>
  )
}

function Reset() {
  const { t } = useTranslation('insights')
  const queries = useQueryClient()
  const [isOpen, { open, close }] = useDisclosure(false)
  const reset = useMutation({
    mutationFn: resetAppearance,
    onSuccess: (saved) => {
      show(queries, saved)
      close()
      tellDone(t('appearance.resetDone'))
    },
  })
  return (
    <>
      <Button variant="default" onClick={open}>
        {t('appearance.reset')}
      </Button>
      <Confirm
        isOpen={isOpen}
        onClose={close}
        title={t('appearance.resetTitle')}
        confirm={t('appearance.reset')}
        onConfirm={() => reset.mutate()}
        isBusy={reset.isPending}
        error={reset.error}
        isDangerous
      >
        {t('appearance.resetText')}
      </Confirm>
    </>
  )
}
