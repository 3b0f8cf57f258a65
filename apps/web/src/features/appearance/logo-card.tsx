import { Button, Card, FileButton, Group, Stack, Text, Title } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Upload } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Problem } from '../../components/states.js'
import { tellDone } from '../../components/tell.js'
import { siteUrl } from '../../config/places.js'
import { type Appearance, appearanceQuery } from '../../lib/appearance.js'
import { deleteLogo, putLogo, show } from './appearance-queries.js'

/** The logo: checked and cleaned by the server as pictures of badges are. */
export function LogoCard({ appearance }: { appearance: Appearance }) {
  const { t } = useTranslation('insights')
  const queries = useQueryClient()
  const { logoUrl } = appearance
  const upload = useMutation({
    mutationFn: putLogo,
    onSuccess: async () => {
      await queries.invalidateQueries(appearanceQuery)
      tellDone(t('appearance.logoSaved'))
    },
  })
  const remove = useMutation({
    mutationFn: deleteLogo,
    onSuccess: (saved) => {
      show(queries, saved)
      tellDone(t('appearance.logoRemoved'))
    },
  })
  const error = upload.error ?? remove.error
  return (
    <Card component="section">
      <Stack gap="sm">
        <Title order={2} size="h5">
          {t('appearance.logo')}
        </Title>
        <Text size="sm" c="dimmed">
          {t('appearance.logoHint')}
        </Text>
        <Group>
          {logoUrl !== null && (
            <img
              src={`${new URL(siteUrl).origin}${logoUrl}`}
              alt={t('appearance.logo')}
              height={48}
              style={{ maxWidth: '100%', objectFit: 'contain' }}
            />
          )}
          <FileButton
            accept="image/png,image/svg+xml"
            onChange={(file) => file !== null && upload.mutate(file)}
          >
            {(props) => (
              <Button
                {...props}
                variant="default"
                loading={upload.isPending}
                leftSection={<Upload size={16} aria-hidden />}
              >
                {logoUrl === null ? t('appearance.upload') : t('appearance.replace')}
              </Button>
            )}
          </FileButton>
          {logoUrl !== null && (
            <Button
              variant="subtle"
              c="var(--rosette-bad)"
              loading={remove.isPending}
              onClick={() => remove.mutate()}
            >
              {t('appearance.removeLogo')}
            </Button>
          )}
        </Group>
        {error !== null && <Problem error={error} />}
      </Stack>
    </Card>
  )
}
