import { Anchor, Box, Breadcrumbs, Group, Stack, Text, Title } from '@mantine/core'
import { type ReactNode, useEffect } from 'react'
import { useSiteName } from '../lib/appearance.js'

type Props = {
  readonly title: string
  /** One sentence on what the place is for. */
  readonly about?: ReactNode
  /** Where it lies: links above the title. */
  readonly trail?: readonly ReactNode[]
  /** Buttons beside the title. */
  readonly actions?: ReactNode
  /** What stands beside the title: a state, say. */
  readonly mark?: ReactNode
  readonly children: ReactNode
}

/** The frame of every page: its title is the title of the tab, and what is read out on arrival. */
export function Page({ title, about, trail = [], actions, mark, children }: Props) {
  const siteName = useSiteName()
  useEffect(() => {
    document.title = `${title} · ${siteName}`
  }, [title, siteName])

  return (
    <Stack gap="lg">
      <Box>
        {trail.length > 0 && (
          <Breadcrumbs mb={4} separatorMargin={6}>
            {trail.map((step, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the trail never changes its order
              <Text key={index} size="sm" component="span">
                {step}
              </Text>
            ))}
          </Breadcrumbs>
        )}
        <Group justify="space-between" align="flex-start" gap="md">
          <Group gap="sm" align="center">
            <Title order={1} size="h2" tabIndex={-1} id="page-title">
              {title}
            </Title>
            {mark}
          </Group>
          {actions !== undefined && <Group gap="sm">{actions}</Group>}
        </Group>
        {about !== undefined && (
          <Text c="dimmed" mt={4} maw={720}>
            {about}
          </Text>
        )}
      </Box>
      {children}
    </Stack>
  )
}

/** A link to another host, which says so to those who cannot see its sign. */
export function OutsideLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Anchor href={href} target="_blank" rel="noreferrer">
      {children}
    </Anchor>
  )
}
