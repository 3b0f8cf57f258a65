import { Box, Card, Group, Stack, Text, Title } from '@mantine/core'
import { type ReactNode, useId } from 'react'

type Props = {
  readonly title: string
  readonly about?: ReactNode
  readonly actions?: ReactNode
  readonly id?: string
  readonly children: ReactNode
}

/** One part of a page, in a card of its own, named by its heading. */
export function Section({ title, about, actions, id, children }: Props) {
  const heading = useId()
  return (
    <Card component="section" aria-labelledby={heading} {...(id !== undefined && { id })}>
      <Stack gap="md">
        <Group justify="space-between" align="flex-start" gap="xs">
          <Box flex={1} miw={180}>
            <Title order={2} size="h4" id={heading}>
              {title}
            </Title>
            {about !== undefined && (
              <Text size="sm" c="dimmed" mt={2}>
                {about}
              </Text>
            )}
          </Box>
          {actions}
        </Group>
        {children}
      </Stack>
    </Card>
  )
}
