import { Group, Select, Stack, Text, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { ControlsProps } from './controls-props.js'
import { type Form, forms, longestText } from './design.js'
import { canCurve, isCovered } from './letters.js'

/** The words on a badge, and how they run. */
export function TextControls({ design, onChange }: ControlsProps) {
  const { t } = useTranslation('badges')
  const all = design.top.text + design.middle + design.bottom.text
  return (
    <Stack gap="xs">
      <EdgeText place="top" {...{ design, onChange }} />
      <TextInput
        label={t('designer.middle')}
        description={t('designer.middleHint')}
        maxLength={longestText}
        value={design.middle}
        onChange={({ currentTarget }) => onChange({ ...design, middle: currentTarget.value })}
      />
      <EdgeText place="bottom" {...{ design, onChange }} />
      {!isCovered(all) && (
        <Text size="sm" c="var(--rosette-warn)" role="status">
          {t('designer.letters')}
        </Text>
      )}
    </Stack>
  )
}

function EdgeText({
  place,
  design,
  onChange,
}: ControlsProps & { readonly place: 'top' | 'bottom' }) {
  const { t } = useTranslation('badges')
  const line = design[place]
  const isPill = design.shape === 'pill'
  const curves = canCurve(line.text)
  const set = (change: { text?: string; form?: Form }) =>
    onChange({ ...design, [place]: { ...line, ...change } })
  return (
    <Group gap="xs" align="flex-end" wrap="nowrap">
      <TextInput
        flex={1}
        label={t(`designer.${place}`)}
        maxLength={longestText}
        value={line.text}
        onChange={({ currentTarget }) => set({ text: currentTarget.value })}
      />
      {!isPill && (
        <Select
          w={130}
          aria-label={t('designer.form', { place: t(`designer.${place}`) })}
          allowDeselect={false}
          value={curves || line.form !== 'curved' ? line.form : 'straight'}
          data={forms
            .filter((form) => curves || form !== 'curved')
            .map((value) => ({ value, label: t(`form.${value}`) }))}
          onChange={(value) => {
            const form = forms.find((one) => one === value)
            if (form !== undefined) set({ form })
          }}
        />
      )}
    </Group>
  )
}
