import { Button, Text } from '@mantine/core'
import { ExternalLink } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Copyable } from './copyable.js'

/** Leads to a public page beside this one. */
export function AsStrangersSeeIt({ url }: { readonly url: string }) {
  const { t } = useTranslation('backpack')
  return (
    <Button
      component="a"
      href={url}
      target="_blank"
      variant="default"
      leftSection={<ExternalLink size={16} aria-hidden />}
    >
      {t('share.asStranger')}
    </Button>
  )
}

/** HTML for pages of one's own, folded away. */
export function EmbedCode({ code }: { readonly code: string }) {
  const { t } = useTranslation('backpack')
  return (
    <details>
      <summary>
        <Text span size="sm" fw={500}>
          {t('share.embed')}
        </Text>
      </summary>
      <Text size="sm" c="dimmed" my="xs">
        {t('share.embedText')}
      </Text>
      <Copyable text={code} label={t('share.embed')} />
    </details>
  )
}
