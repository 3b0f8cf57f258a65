import { Box, Card, Group, Stack, Text, Title } from '@mantine/core'
import type { Accent } from '@rosette/contract'
import { useTranslation } from 'react-i18next'
import { Mark } from '../../components/mark.js'
import type { Values } from './appearance-queries.js'

const papers = {
  light: { page: '#f6f6fa', card: '#ffffff', text: '#1b1b26', soft: '#55566a', line: '#dfdfe8' },
  dark: { page: '#12121a', card: '#1c1c28', text: '#ececf4', soft: '#a9aabf', line: '#34344a' },
} as const

type Props = {
  readonly values: Values
  readonly accents: Readonly<Record<'light' | 'dark', Accent>>
}

/** A public page as it will be, in light and in dark. */
export function Preview({ values, accents }: Props) {
  const { t } = useTranslation('insights')
  return (
    <Stack component="section" aria-label={t('appearance.preview')} pos="sticky" top={76}>
      <Title order={2} size="h5">
        {t('appearance.preview')}
      </Title>
      {(['light', 'dark'] as const).map((scheme) => (
        <Sample key={scheme} scheme={scheme} values={values} accent={accents[scheme]} />
      ))}
    </Stack>
  )
}

type SampleProps = {
  readonly scheme: 'light' | 'dark'
  readonly values: Values
  readonly accent: Accent
}

function Sample({ scheme, values, accent }: SampleProps) {
  const { t } = useTranslation('insights')
  const paper = papers[scheme]
  const name = values.name.trim() === '' ? 'Rosette' : values.name
  return (
    <Card padding={0} style={{ backgroundColor: paper.page, color: paper.text }}>
      <Group
        justify="space-between"
        px="md"
        py="xs"
        gap="xs"
        style={{ backgroundColor: paper.card, borderBottom: `1px solid ${paper.line}` }}
      >
        <Group gap="xs" wrap="nowrap" miw={0}>
          <Mark size={26} />
          <Text fw={700}>{name}</Text>
        </Group>
        <Text size="sm" fw={600} td="underline" style={{ color: accent.colour }}>
          {t('appearance.verify')}
        </Text>
      </Group>
      <Box p="md">
        <Text size="xs" style={{ color: paper.soft }}>
          {t(`appearance.${scheme}`)}
        </Text>
        <Text>
          {t('appearance.sampleText')}{' '}
          <Text span td="underline" style={{ color: accent.colour }}>
            {t('appearance.sampleLink')}
          </Text>
        </Text>
        <Box
          component="span"
          mt="sm"
          px="md"
          py={6}
          display="inline-block"
          fw={600}
          style={{ backgroundColor: accent.colour, color: accent.letters, borderRadius: 10 }}
        >
          {t('appearance.sampleButton')}
        </Box>
      </Box>
      <Footer values={values} soft={paper.soft} line={paper.line} colour={accent.colour} />
    </Card>
  )
}

type FooterProps = {
  readonly values: Values
  readonly soft: string
  readonly line: string
  readonly colour: string
}

function Footer({ values, soft, line, colour }: FooterProps) {
  const { footerText, footerLinks } = values
  if (footerText === '' && footerLinks.length === 0) return null
  return (
    <Group px="md" py="xs" gap="md" style={{ borderTop: `1px solid ${line}`, color: soft }}>
      <Text size="sm">{footerText}</Text>
      {footerLinks.map(({ label }, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a picture of rows that are edited in place
        <Text key={at} size="sm" td="underline" style={{ color: colour }}>
          {label}
        </Text>
      ))}
    </Group>
  )
}
