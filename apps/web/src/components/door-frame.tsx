import { Box, Card, Center, Group, Stack, Text, Title } from '@mantine/core'
import { type ReactNode, useEffect } from 'react'
import { useSiteName } from '../lib/appearance.js'
import { Mark } from './mark.js'

type Props = {
  readonly title: string
  readonly about?: ReactNode
  readonly children: ReactNode
}

/** The frame of what is seen before anybody has signed in. */
export function DoorFrame({ title, about, children }: Props) {
  const siteName = useSiteName()
  useEffect(() => {
    document.title = `${title} · ${siteName}`
  }, [title, siteName])
  return (
    <Center component="main" mih="100dvh" p="md">
      <Box w="100%" maw={440}>
        <Group justify="center" mb="lg" gap="sm">
          <Mark size={40} />
          <Text fw={600} size="xl">
            {siteName}
          </Text>
        </Group>
        <Card padding="xl" shadow="sm">
          <Stack gap="md">
            <Box>
              <Title order={1} size="h3">
                {title}
              </Title>
              {about !== undefined && (
                <Text c="dimmed" size="sm" mt={4}>
                  {about}
                </Text>
              )}
            </Box>
            {children}
          </Stack>
        </Card>
      </Box>
    </Center>
  )
}
