import { Group, NumberInput, Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Expiry } from './look-values.js'

type Props = { readonly value: Expiry; readonly onChange: (expiry: Expiry) => void }

const units = ['days', 'months', 'years'] as const

/** Never, or so long after it was earned. */
export function ExpiryField({ value, onChange }: Props) {
  const { t } = useTranslation('badges')
  const choices = ['never', ...units] as const
  return (
    <Group align="flex-end" gap="sm" wrap="nowrap">
      {value !== null && (
        <NumberInput
          w={110}
          label={t('expiry.amount')}
          min={1}
          max={36_500}
          allowDecimal={false}
          value={value.amount}
          onChange={(amount) => onChange({ ...value, amount: Math.max(1, Number(amount) || 1) })}
        />
      )}
      <Select
        flex={1}
        maw={280}
        label={t('expiry.label')}
        allowDeselect={false}
        value={value?.unit ?? 'never'}
        data={choices.map((choice) => ({ value: choice, label: t(`expiry.${choice}`) }))}
        onChange={(chosen) => {
          const unit = units.find((one) => one === chosen)
          onChange(unit === undefined ? null : { amount: value?.amount ?? 1, unit })
        }}
      />
    </Group>
  )
}
