import {
  ActionIcon,
  Button,
  Card,
  ColorInput,
  Grid,
  Group,
  Stack,
  Text,
  Textarea,
  TextInput,
  Title,
} from '@mantine/core'
import { type UseFormReturnType, useForm } from '@mantine/form'
import { type Accent, toAccents } from '@rosette/contract'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Plus, X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Problem } from '../../components/states.js'
import { tellDone } from '../../components/tell.js'
import type { Appearance } from '../../lib/appearance.js'
import { faultAt } from '../../lib/problem.js'
import { putAppearance, show, toValues, type Values } from './appearance-queries.js'
import { Preview } from './preview.js'

type Form = UseFormReturnType<Values>
const aColour = /^#[0-9a-f]{6}$/i
const brand = '#3730a3'
/** The colours of the brand, and some that can be read as they are in light. */
const swatches = ['#3730a3', '#1d4ed8', '#0f766e', '#15803d', '#a16207', '#b91c1c', '#be185d']

/** Everything but the logo, with what it will look like beside it. */
export function AppearanceForm({ appearance }: { appearance: Appearance }) {
  const { t } = useTranslation('insights')
  const queries = useQueryClient()
  const form = useForm<Values>({
    initialValues: toValues(appearance),
    validate: {
      accent: (value) => (value === '' || aColour.test(value) ? null : t('appearance.badColour')),
    },
  })
  const save = useMutation({
    mutationFn: putAppearance,
    onSuccess: (saved) => {
      show(queries, saved)
      form.resetDirty()
      tellDone(t('appearance.saved'))
    },
  })
  const { accent } = form.values
  const accents = accentsOf(accent, appearance)
  return (
    <Grid gap="lg">
      <Grid.Col span={{ base: 12, md: 7 }}>
        <Card component="form" onSubmit={form.onSubmit((values) => save.mutate(values))}>
          <Stack>
            <TextInput
              label={t('appearance.name')}
              description={t('appearance.nameHint')}
              placeholder="Rosette"
              maxLength={60}
              {...form.getInputProps('name')}
            />
            <ColorInput
              label={t('appearance.accent')}
              description={t('appearance.accentHint')}
              placeholder={brand}
              swatches={swatches}
              {...form.getInputProps('accent')}
            />
            <AccentWords accent={accent} accents={accents} />
            <Textarea
              label={t('appearance.footerText')}
              description={t('appearance.footerTextHint')}
              maxLength={300}
              autosize
              {...form.getInputProps('footerText')}
            />
            <FooterLinks form={form} error={save.error} />
            {save.error !== null && <Problem error={save.error} />}
            <Group justify="flex-end">
              <Button type="submit" loading={save.isPending}>
                {t('appearance.save')}
              </Button>
            </Group>
          </Stack>
        </Card>
      </Grid.Col>
      <Grid.Col span={{ base: 12, md: 5 }}>
        <Preview values={form.values} accents={accents} />
      </Grid.Col>
    </Grid>
  )
}

type Accents = Readonly<Record<'light' | 'dark', Accent>>

function accentsOf(accent: string, appearance: Appearance): Accents {
  if (aColour.test(accent)) return toAccents(accent.toLowerCase())
  return appearance.chosenAccent === null
    ? appearance.accents
    : { light: toAccents(brand).light, dark: { ...toAccents('#a5b4fc').dark } }
}

function AccentWords({ accent, accents }: { accent: string; accents: Accents }) {
  const { t } = useTranslation('insights')
  const { light, dark } = accents
  const words = !aColour.test(accent)
    ? [t('appearance.accentNone')]
    : [
        ...(light.isAdjusted ? [t('appearance.adjustedLight', { colour: light.colour })] : []),
        ...(dark.isAdjusted ? [t('appearance.adjustedDark', { colour: dark.colour })] : []),
        ...(light.isAdjusted || dark.isAdjusted ? [] : [t('appearance.notAdjusted')]),
      ]
  return (
    <Text size="sm" c="dimmed" role="status">
      {words.join(' ')}
    </Text>
  )
}

function FooterLinks({ form, error }: { form: Form; error: unknown }) {
  const { t } = useTranslation('insights')
  const { footerLinks } = form.values
  return (
    <Stack gap="xs" component="section">
      <Title order={2} size="sm" fw={500}>
        {t('appearance.links')}
      </Title>
      <Text size="sm" c="dimmed" mt={-8}>
        {t('appearance.linksHint')}
      </Text>
      {footerLinks.map((link, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows are edited in place
        <Group key={at} align="flex-start" gap="xs" wrap="nowrap">
          <TextInput
            aria-label={t('appearance.label')}
            placeholder={t('appearance.label')}
            required
            maxLength={60}
            flex={1}
            miw={0}
            {...form.getInputProps(`footerLinks.${at}.label`)}
          />
          <TextInput
            aria-label={t('appearance.url')}
            placeholder="https://"
            required
            type="url"
            flex={2}
            miw={0}
            {...form.getInputProps(`footerLinks.${at}.url`)}
            error={faultAt(error, `footerLinks.${at}.url`)}
          />
          <ActionIcon
            size={36}
            aria-label={t('appearance.removeLink', { label: link.label })}
            onClick={() => form.removeListItem('footerLinks', at)}
          >
            <X size={16} aria-hidden />
          </ActionIcon>
        </Group>
      ))}
      {footerLinks.length < 6 && (
        <Group>
          <Button
            variant="default"
            size="xs"
            leftSection={<Plus size={14} aria-hidden />}
            onClick={() => form.insertListItem('footerLinks', { label: '', url: '' })}
          >
            {t('appearance.addLink')}
          </Button>
        </Group>
      )}
    </Stack>
  )
}
