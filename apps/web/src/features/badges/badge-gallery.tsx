import { Card, Group, SimpleGrid, Stack, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { BadgePicture } from '../../components/badge-picture.js'
import { type BadgeTemplate, pictureVersion } from '../../lib/badge-templates.js'
import { format } from '../../lib/format.js'
import classes from './badges.module.css'
import { StateChip } from './state-chip.js'

type Props = {
  readonly organization: string
  readonly templates: readonly BadgeTemplate[]
  readonly actions: (template: BadgeTemplate) => ReactNode
}

/** Badges as they look. */
export function BadgeGallery({ organization, templates, actions }: Props) {
  return (
    <SimpleGrid component="ul" cols={{ base: 1, xs: 2, md: 3, lg: 4 }} p={0} m={0}>
      {templates.map((template) => (
        <Card component="li" key={template.id} className={classes['card']} padding="md">
          <Stack align="center" gap="xs" ta="center" h="100%">
            <Group w="100%" justify="space-between" wrap="nowrap" gap="xs">
              <StateChip template={template} />
              {actions(template)}
            </Group>
            <BadgePicture templateId={template.id} version={pictureVersion(template)} size={132} />
            <BadgeLink organization={organization} template={template} />
            <Holders template={template} />
          </Stack>
        </Card>
      ))}
    </SimpleGrid>
  )
}

/** The whole card is the link, and the link is named by the badge alone. */
function BadgeLink({ organization, template }: { organization: string; template: BadgeTemplate }) {
  return (
    <Text
      fw={600}
      className={classes['link']}
      lineClamp={2}
      renderRoot={(props) => (
        <Link
          to="/o/$organization/badges/$templateId"
          params={{ organization, templateId: template.id }}
          {...props}
        />
      )}
    >
      {template.name}
    </Text>
  )
}

function Holders({ template }: { template: BadgeTemplate }) {
  const { t } = useTranslation('badges')
  const { awarded, tags } = template
  return (
    <>
      <Text size="sm" c="dimmed">
        {t('holders', { count: awarded, shown: format.number(awarded) })}
      </Text>
      {tags.length > 0 && (
        <Text size="xs" c="dimmed" lineClamp={1} mt="auto">
          {format.list(tags)}
        </Text>
      )}
    </>
  )
}
