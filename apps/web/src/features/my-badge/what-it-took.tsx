import { Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Markdown } from '../../components/markdown.js'
import { OutsideLink } from '../../components/page.js'
import { Section } from '../../components/section.js'
import type { BadgeDetail } from '../../lib/backpack.js'

/** How one came to it: what everybody has to do, and what one did. */
export function WhatItTook({ badge }: { readonly badge: BadgeDetail }) {
  const { t } = useTranslation('backpack')
  const { criteria, evidence, narrative } = badge
  if (criteria === '' && evidence.length === 0 && narrative === null) return null
  return (
    <Section title={t('took.title')}>
      {criteria !== '' && <Markdown text={criteria} />}
      {narrative !== null && (
        <Text size="sm" dir="auto" ta="start">
          {narrative}
        </Text>
      )}
      {evidence.length > 0 && (
        <Stack gap="xs">
          <Text fw={600} size="sm">
            {t('took.evidence')}
          </Text>
          <ul style={{ margin: 0, paddingInlineStart: 20 }}>
            {evidence.map(({ url, name, narrative: told }) => (
              <li key={`${url} ${name} ${told}`}>
                <Text size="sm" dir="auto">
                  {url === undefined ? name : <OutsideLink href={url}>{name ?? url}</OutsideLink>}
                </Text>
                {told !== undefined && (
                  <Text size="sm" c="dimmed" dir="auto">
                    {told}
                  </Text>
                )}
              </li>
            ))}
          </ul>
        </Stack>
      )}
    </Section>
  )
}
