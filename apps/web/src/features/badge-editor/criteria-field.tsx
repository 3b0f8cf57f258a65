import { Box, Card, SegmentedControl, Stack, Text, Textarea } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Markdown } from '../../components/markdown.js'

type Props = {
  readonly value: string
  readonly onChange: (text: string) => void
  readonly error: string | undefined
}

/** Markdown, with what it will look like. */
export function CriteriaField({ value, onChange, error }: Props) {
  const { t } = useTranslation('badges')
  const [mode, setMode] = useState('write')
  return (
    <Stack gap={6}>
      {mode === 'write' ? (
        <Textarea
          label={t('look.criteria')}
          description={t('look.criteriaHint')}
          autosize
          minRows={4}
          maxRows={20}
          maxLength={20_000}
          value={value}
          onChange={({ currentTarget }) => onChange(currentTarget.value)}
          error={error}
        />
      ) : (
        <Box>
          <Text size="sm" fw={500} mb={6}>
            {t('look.criteria')}
          </Text>
          <Card padding="sm" mih={112}>
            {value.trim() === '' ? (
              <Text c="dimmed">{t('look.criteriaEmpty')}</Text>
            ) : (
              <Markdown text={value} />
            )}
          </Card>
        </Box>
      )}
      <SegmentedControl
        size="xs"
        aria-label={t('look.criteriaMode')}
        style={{ alignSelf: 'flex-start' }}
        value={mode}
        onChange={setMode}
        data={[
          { value: 'write', label: t('look.write') },
          { value: 'preview', label: t('look.preview') },
        ]}
      />
    </Stack>
  )
}
