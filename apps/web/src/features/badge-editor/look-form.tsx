import { Accordion, Card, Stack, TagsInput, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Problem } from '../../components/states.js'
import type { BadgeTemplate } from '../../lib/badge-templates.js'
import { faultAt, ProblemError } from '../../lib/problem.js'
import { AlignmentsField } from './alignments-field.js'
import { CriteriaField } from './criteria-field.js'
import { ExpiryField } from './expiry-field.js'
import { LanguageSelect, TypeSelect } from './kind-fields.js'
import { changeBetween, type LookValues, toLookValues } from './look-values.js'
import { ResultsField } from './results-field.js'
import { SaveBar } from './save-bar.js'
import { useSave } from './use-save.js'

type Props = {
  readonly template: BadgeTemplate
  readonly mayEdit: boolean
  /** What has been typed so far, for the preview. */
  readonly onTyped: (values: LookValues | null) => void
}

/** What a badge says. */
export function LookForm({ template, mayEdit, onTyped }: Props) {
  const [kept, setKept] = useState(() => toLookValues(template))
  const [values, setValues] = useState(kept)
  const [known, setKnown] = useState(template)
  // Another tab, or undoing: what was not being edited follows.
  if (known !== template) {
    setKnown(template)
    const fresh = toLookValues(template)
    if (changeBetween(kept, values) === undefined) setValues(fresh)
    setKept(fresh)
  }
  const save = useSave(template.id)
  const to = changeBetween(kept, values)
  const undo = changeBetween(values, kept)
  const show = (next: LookValues) => {
    setValues(next)
    onTyped(changeBetween(kept, next) === undefined ? null : next)
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (to === undefined || undo === undefined) return
        save.mutate(
          { to, undo },
          {
            onSuccess: (saved) => {
              setValues(toLookValues(saved))
              onTyped(null)
            },
          },
        )
      }}
    >
      <fieldset disabled={!mayEdit} style={{ border: 0, padding: 0, margin: 0, minWidth: 0 }}>
        <Stack>
          <Fields values={values} onChange={show} error={save.error} />
          {save.isError && <Problem error={withoutShown(save.error)} />}
        </Stack>
      </fieldset>
      <SaveBar
        isChanged={to !== undefined}
        isSaving={save.isPending}
        onDiscard={() => {
          save.reset()
          show(kept)
        }}
      />
    </form>
  )
}

const shownFields = [
  'name',
  'description',
  'criteria',
  'tags',
  'language',
  'achievementType',
  'fieldOfStudy',
  'expiresAfterDays',
]

/** Faults that stand at their field are not said twice. */
function withoutShown(error: unknown): unknown {
  if (!(error instanceof ProblemError)) return error
  const faults = error.faults.filter(({ path }) => !shownFields.includes(path))
  const { code, status, message } = error
  return new ProblemError(message, { code, status, faults })
}

export type FieldsProps = {
  readonly values: LookValues
  readonly onChange: (values: LookValues) => void
  readonly error: unknown
}

function Fields({ values, onChange, error }: FieldsProps) {
  const { t } = useTranslation('badges')
  const set = (change: Partial<LookValues>) => onChange({ ...values, ...change })
  return (
    <>
      <Card>
        <Stack>
          <TextInput
            label={t('look.name')}
            required
            maxLength={200}
            value={values.name}
            onChange={({ currentTarget }) => set({ name: currentTarget.value })}
            error={faultAt(error, 'name')}
          />
          <Textarea
            label={t('look.description')}
            description={t('look.descriptionHint')}
            autosize
            minRows={2}
            maxLength={5000}
            value={values.description}
            onChange={({ currentTarget }) => set({ description: currentTarget.value })}
            error={faultAt(error, 'description')}
          />
          <CriteriaField
            value={values.criteria}
            onChange={(criteria) => set({ criteria })}
            error={faultAt(error, 'criteria')}
          />
          <TagsInput
            label={t('look.tags')}
            description={t('look.tagsHint')}
            value={[...values.tags]}
            onChange={(tags) => set({ tags })}
            maxTags={30}
            clearable={false}
            error={faultAt(error, 'tags')}
          />
          <ExpiryField value={values.expiry} onChange={(expiry) => set({ expiry })} />
        </Stack>
      </Card>
      <MoreFields {...{ values, onChange, error }} />
    </>
  )
}

/** What most badges do without. */
function MoreFields({ values, onChange, error }: FieldsProps) {
  const { t } = useTranslation('badges')
  const set = (change: Partial<LookValues>) => onChange({ ...values, ...change })
  return (
    <Accordion
      variant="separated"
      radius="lg"
      multiple
      styles={{
        item: { backgroundColor: 'var(--rosette-card)', borderColor: 'var(--rosette-line)' },
      }}
    >
      <Accordion.Item value="kind">
        <Accordion.Control>{t('look.kind')}</Accordion.Control>
        <Accordion.Panel>
          <Stack>
            <TypeSelect
              value={values.achievementType}
              onChange={(achievementType) => set({ achievementType })}
              error={faultAt(error, 'achievementType')}
            />
            <LanguageSelect
              value={values.language}
              onChange={(language) => set({ language })}
              error={faultAt(error, 'language')}
            />
            <TextInput
              label={t('look.field')}
              description={t('look.fieldHint')}
              maxLength={200}
              value={values.fieldOfStudy}
              onChange={({ currentTarget }) => set({ fieldOfStudy: currentTarget.value })}
              error={faultAt(error, 'fieldOfStudy')}
            />
          </Stack>
        </Accordion.Panel>
      </Accordion.Item>
      <Accordion.Item value="alignments">
        <Accordion.Control>
          {t('look.alignments', { count: values.alignments.length })}
        </Accordion.Control>
        <Accordion.Panel>
          <AlignmentsField
            value={values.alignments}
            onChange={(alignments) => set({ alignments })}
            error={error}
          />
        </Accordion.Panel>
      </Accordion.Item>
      <Accordion.Item value="results">
        <Accordion.Control>{t('look.results', { count: values.results.length })}</Accordion.Control>
        <Accordion.Panel>
          <ResultsField
            value={values.results}
            onChange={(results) => set({ results })}
            error={error}
          />
        </Accordion.Panel>
      </Accordion.Item>
    </Accordion>
  )
}
