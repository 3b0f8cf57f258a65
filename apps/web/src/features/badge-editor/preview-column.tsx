import { Badge, Box, Card, Divider, Group, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { BadgePicture } from '../../components/badge-picture.js'
import { Markdown } from '../../components/markdown.js'
import { OutsideLink } from '../../components/page.js'
import { siteUrl } from '../../config/places.js'
import { type BadgeTemplate, pictureVersion } from '../../lib/badge-templates.js'
import { type Expiry, type LookValues, toExpiry } from './look-values.js'

type Props = {
  readonly template: BadgeTemplate
  readonly issuerName: string | undefined
  /** What has been typed and not saved yet. */
  readonly typed: LookValues | null
}

/** The badge as its public page shows it. */
export function PreviewColumn({ template, issuerName, typed }: Props) {
  const { t, i18n } = useTranslation('badges')
  const { name, description, criteria, tags } = typed ?? template
  const expiry = typed === null ? toExpiry(template.expiresAfterDays) : typed.expiry
  const isPublic = template.state !== 'draft' || template.awarded > 0
  return (
    <Card component="section" aria-label={t('preview.label')}>
      <Stack gap="sm">
        <Group justify="space-between">
          <Text size="xs" c="dimmed" fw={600}>
            {t('preview.title')}
          </Text>
          {isPublic && (
            <OutsideLink href={`${siteUrl}/public/badges/${template.id}`}>
              <Text span size="xs">
                {t('preview.open')}
              </Text>
            </OutsideLink>
          )}
        </Group>
        <Box ta="center">
          <BadgePicture templateId={template.id} version={pictureVersion(template)} size={180} />
        </Box>
        <Text component="p" fw={700} size="xl" ta="center" m={0} dir="auto">
          {name}
        </Text>
        {issuerName !== undefined && (
          <Text size="sm" ta="center" c="dimmed">
            {t('preview.by', { issuer: issuerName })}
          </Text>
        )}
        {description !== '' && (
          <Text size="sm" dir="auto">
            {description}
          </Text>
        )}
        <Divider />
        <Text size="sm" fw={600}>
          {t('preview.takes')}
        </Text>
        <Text size="sm" component="div">
          {criteria.trim() === '' ? (
            <Text size="sm" c="dimmed">
              {t('preview.noCriteria')}
            </Text>
          ) : (
            <Markdown text={criteria} />
          )}
        </Text>
        <Tags tags={tags} />
        <Text size="xs" c="dimmed">
          {expiry === null
            ? t('preview.lasts')
            : t('preview.expires', { length: lengthWords(expiry, i18n.language) })}
        </Text>
      </Stack>
    </Card>
  )
}

function Tags({ tags }: { tags: readonly string[] }) {
  if (tags.length === 0) return null
  return (
    <Group gap={6}>
      {tags.map((tag) => (
        <Badge key={tag} variant="default" tt="none" fw={500}>
          {tag}
        </Badge>
      ))}
    </Group>
  )
}

const units = { days: 'day', months: 'month', years: 'year' } as const

/** "2 years", in the language of the reader. */
function lengthWords({ amount, unit }: NonNullable<Expiry>, language: string): string {
  const style = { style: 'unit', unit: units[unit], unitDisplay: 'long' } as const
  return new Intl.NumberFormat(language, style).format(amount)
}
