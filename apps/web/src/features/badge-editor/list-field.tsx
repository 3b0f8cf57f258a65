import { ActionIcon, Button, Card, Group, Stack, Text } from '@mantine/core'
import { Plus, Trash2 } from 'lucide-react'
import { type ReactNode, useRef } from 'react'

type Props<Item> = {
  readonly items: readonly Item[]
  readonly onChange: (items: readonly Item[]) => void
  readonly fresh: () => Item
  readonly about: string
  readonly add: string
  readonly remove: (item: Item) => string
  readonly fields: (item: Item, change: (part: Partial<Item>) => void, index: number) => ReactNode
}

/** Several of the same kind, each in a card of its own. */
export function ListField<Item>(props: Props<Item>) {
  const { items, onChange, fresh, about, add, remove, fields } = props
  const button = useRef<HTMLButtonElement>(null)
  const without = (index: number) => {
    onChange(items.filter((_, i) => i !== index))
    // What had the focus is gone.
    button.current?.focus()
  }
  return (
    <Stack>
      <Text size="sm" c="dimmed">
        {about}
      </Text>
      {items.map((item, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they have no name until one is typed
        <Card key={index} padding="sm">
          <Group justify="flex-end" mb={-18}>
            <ActionIcon color="gray" aria-label={remove(item)} onClick={() => without(index)}>
              <Trash2 size={16} aria-hidden />
            </ActionIcon>
          </Group>
          {fields(
            item,
            (part) => onChange(items.map((one, i) => (i === index ? { ...one, ...part } : one))),
            index,
          )}
        </Card>
      ))}
      <Button
        ref={button}
        variant="default"
        style={{ alignSelf: 'flex-start' }}
        leftSection={<Plus size={16} aria-hidden />}
        onClick={() => onChange([...items, fresh()])}
      >
        {add}
      </Button>
    </Stack>
  )
}
