import { Button, Code, CopyButton, Group } from '@mantine/core'
import { Check, Copy } from 'lucide-react'
import { useTranslation } from 'react-i18next'

/** A text that is carried elsewhere, with a button that does it. */
export function Copyable({ text, label }: { text: string; label: string }) {
  const { t } = useTranslation()
  return (
    <Group gap="xs" align="center">
      <Code
        block
        flex={1}
        miw={0}
        aria-label={label}
        style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}
        dir="ltr"
      >
        {text}
      </Code>
      <CopyButton value={text}>
        {({ copied, copy }) => (
          <Button
            variant="default"
            onClick={copy}
            leftSection={copied ? <Check size={16} aria-hidden /> : <Copy size={16} aria-hidden />}
          >
            <span aria-live="polite">{copied ? t('copied') : t('copy')}</span>
          </Button>
        )}
      </CopyButton>
    </Group>
  )
}
