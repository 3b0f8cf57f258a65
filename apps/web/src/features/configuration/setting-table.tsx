import { Card, Code, Group, Stack, Switch, Text, TextInput } from '@mantine/core'
import { Search } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Chip, type Tone } from '../../components/chips.js'
import type { Setting } from './configuration-queries.js'

const tones: Readonly<Record<Setting['from'], Tone>> = {
  environment: 'good',
  'secret-file': 'good',
  'settings-file': 'good',
  default: 'quiet',
  none: 'quiet',
}

/** Every setting with what it does, what is in force, and where that comes from. */
export function SettingTable({ settings }: { settings: readonly Setting[] }) {
  const { t } = useTranslation('operations')
  const [text, setText] = useState('')
  const [isSetOnly, setSetOnly] = useState(false)
  const wanted = text.trim().toLowerCase()
  const shown = settings.filter(
    ({ name, about, isSet }) =>
      (!isSetOnly || isSet) && `${name} ${about}`.toLowerCase().includes(wanted),
  )
  return (
    <Stack gap="sm">
      <Group gap="md" align="flex-end" role="search">
        <TextInput
          label={t('configuration.find')}
          leftSection={<Search size={16} aria-hidden />}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          flex="1 1 240px"
        />
        <Switch
          label={t('configuration.onlySet')}
          checked={isSetOnly}
          onChange={(event) => setSetOnly(event.currentTarget.checked)}
          mb={8}
        />
      </Group>
      <Text size="sm" c="dimmed" role="status">
        {t('configuration.shown', { count: shown.length })}
      </Text>
      <Card padding={0}>
        <Stack component="ul" gap={0} m={0} p={0} style={{ listStyle: 'none' }}>
          {shown.map((setting) => (
            <Row key={setting.name} setting={setting} />
          ))}
        </Stack>
      </Card>
    </Stack>
  )
}

function Row({ setting }: { setting: Setting }) {
  const { t } = useTranslation('operations')
  const { name, about, isSecret, isSet, value, from } = setting
  return (
    <Group
      component="li"
      gap="md"
      px="lg"
      py="sm"
      align="flex-start"
      style={{ borderBottom: '1px solid var(--rosette-line)' }}
    >
      <Stack gap={2} flex="1 1 320px" miw={0}>
        <Text size="sm" fw={600} dir="ltr" style={{ overflowWrap: 'anywhere', textAlign: 'start' }}>
          {name}
        </Text>
        <Text size="sm" c="dimmed" lang="en" dir="auto">
          {about.replaceAll('`', '')}
        </Text>
      </Stack>
      <Stack gap={4} flex="1 1 220px" miw={0} align="flex-start">
        {isSecret ? (
          <Text size="sm">{t(isSet ? 'configuration.secretSet' : 'configuration.notSet')}</Text>
        ) : value === null ? (
          <Text size="sm" c="dimmed">
            {t('configuration.notSet')}
          </Text>
        ) : (
          <Code dir="ltr" style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }}>
            {value}
          </Code>
        )}
        <Chip tone={tones[from]}>{t(`configuration.from.${from}`)}</Chip>
      </Stack>
    </Group>
  )
}
