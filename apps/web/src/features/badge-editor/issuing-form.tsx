import { Card, Checkbox, Radio, Select, Stack, Text, TextInput, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Problem } from '../../components/states.js'
import type { BadgeTemplate } from '../../lib/badge-templates.js'
import { faultAt } from '../../lib/problem.js'
import { issuersQuery } from './issuing-queries.js'
import type { LookChange } from './look-values.js'
import { RepeatField } from './repeat-field.js'
import { SaveBar } from './save-bar.js'
import { TargetField } from './target-field.js'
import { useSave } from './use-save.js'

export type IssuingValues = {
  readonly issuerId: string
  readonly providerTemplateId: string | null
  readonly notifies: boolean
  readonly locale: string
  readonly reaward: 'allowed' | 'never'
  readonly repeatBy: string | null
}

type Props = { readonly template: BadgeTemplate; readonly mayEdit: boolean }

/** In whose name, where, and how often a badge is issued. */
export function IssuingForm({ template, mayEdit }: Props) {
  const [values, setValues] = useState(() => toValues(template))
  const [known, setKnown] = useState(template)
  if (known !== template) {
    setKnown(template)
    setValues(toValues(template))
  }
  const kept = toValues(template)
  const save = useSave(template.id)
  const to = changeBetween(kept, values)
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (to !== undefined) save.mutate({ to, undo: changeBetween(values, kept) ?? {} })
      }}
    >
      <fieldset disabled={!mayEdit} style={{ border: 0, padding: 0, margin: 0, minWidth: 0 }}>
        <Stack>
          <Fields {...{ template, values, error: save.error }} onChange={setValues} />
          {save.isError && <Problem error={save.error} />}
        </Stack>
      </fieldset>
      <SaveBar
        isChanged={to !== undefined}
        isSaving={save.isPending}
        onDiscard={() => {
          save.reset()
          setValues(kept)
        }}
      />
    </form>
  )
}

type FieldsProps = {
  readonly template: BadgeTemplate
  readonly values: IssuingValues
  readonly onChange: (values: IssuingValues) => void
  readonly error: unknown
}

function Fields({ template, values, onChange, error }: FieldsProps) {
  const { t } = useTranslation('badges')
  const set = (change: Partial<IssuingValues>) => onChange({ ...values, ...change })
  const issuers = useQuery(issuersQuery(template.organizationId)).data?.items ?? []
  return (
    <>
      <Card>
        <Stack>
          <Title order={2} size="h5">
            {t('issuing.where')}
          </Title>
          <Select
            label={t('issuing.issuer')}
            description={t('issuing.issuerHint')}
            allowDeselect={false}
            value={values.issuerId}
            data={issuers.map(({ id, name }) => ({ value: id, label: name }))}
            onChange={(issuerId) => set({ issuerId: issuerId ?? values.issuerId })}
            error={faultAt(error, 'issuerId')}
          />
          <TargetField
            template={template}
            value={values.providerTemplateId}
            onChange={(providerTemplateId) => set({ providerTemplateId })}
          />
          <Text size="sm" c="dimmed">
            {t('issuing.later')}
          </Text>
          {values.providerTemplateId !== null && (
            <>
              <Checkbox
                label={t('issuing.notifies')}
                description={t('issuing.notifiesHint')}
                checked={values.notifies}
                onChange={({ currentTarget }) => set({ notifies: currentTarget.checked })}
              />
              <TextInput
                maw={280}
                label={t('issuing.locale')}
                description={t('issuing.localeHint')}
                value={values.locale}
                onChange={({ currentTarget }) => set({ locale: currentTarget.value })}
                error={faultAt(error, 'locale')}
              />
            </>
          )}
        </Stack>
      </Card>
      <Card>
        <Stack>
          <Title order={2} size="h5">
            {t('issuing.often')}
          </Title>
          <Radio.Group
            label={t('issuing.reaward')}
            value={values.reaward}
            onChange={(value) => set({ reaward: value === 'never' ? 'never' : 'allowed' })}
          >
            <Stack gap="xs" mt="xs">
              <Radio
                value="allowed"
                label={t('issuing.allowed')}
                description={t('issuing.allowedHint')}
              />
              <Radio
                value="never"
                label={t('issuing.never')}
                description={t('issuing.neverHint')}
              />
            </Stack>
          </Radio.Group>
          <RepeatField
            template={template}
            value={values.repeatBy}
            onChange={(repeatBy) => set({ repeatBy })}
            error={faultAt(error, 'repeat')}
          />
        </Stack>
      </Card>
    </>
  )
}

function toValues(template: BadgeTemplate): IssuingValues {
  const { issuerId, issuing, notifies, locale, reaward, repeat } = template
  return {
    issuerId,
    providerTemplateId: issuing.target === 'provider' ? issuing.providerTemplateId : null,
    notifies,
    locale: locale ?? '',
    reaward,
    repeatBy: repeat?.by ?? null,
  }
}

function changeBetween(before: IssuingValues, after: IssuingValues): LookChange | undefined {
  const { issuerId, providerTemplateId, notifies, locale, reaward, repeatBy } = after
  const change: LookChange = {
    ...(issuerId !== before.issuerId && { issuerId }),
    ...(providerTemplateId !== before.providerTemplateId && { providerTemplateId }),
    ...(notifies !== before.notifies && { notifies }),
    ...(locale.trim() !== before.locale.trim() && { locale: locale.trim() || null }),
    ...(reaward !== before.reaward && { reaward }),
    ...(repeatBy !== before.repeatBy && { repeat: repeatBy === null ? null : { by: repeatBy } }),
  }
  return Object.keys(change).length === 0 ? undefined : change
}
