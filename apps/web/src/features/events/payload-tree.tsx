import { Box, Code, Text } from '@mantine/core'
import { format } from '../../lib/format.js'

type Props = { readonly value: unknown; readonly label: string }

/** A payload as a tree of folds, which the keyboard opens and closes as any other. */
export function PayloadTree({ value, label }: Props) {
  return (
    <Box role="group" aria-label={label} dir="ltr" fz="sm">
      <Branch entries={entriesOf(value)} />
    </Box>
  )
}

function Branch({ entries }: { entries: readonly (readonly [string, unknown])[] }) {
  return (
    <Box component="ul" m={0} ps="md" style={{ listStyle: 'none' }}>
      {entries.map(([name, value]) => (
        <Box component="li" key={name} py={2}>
          <Leaf name={name} value={value} />
        </Box>
      ))}
    </Box>
  )
}

function Leaf({ name, value }: { name: string; value: unknown }) {
  if (!isTree(value)) {
    return (
      <>
        <Text span size="sm" c="dimmed">
          {name}:{' '}
        </Text>
        <Code style={{ overflowWrap: 'anywhere' }}>{JSON.stringify(value) ?? 'null'}</Code>
      </>
    )
  }
  const entries = entriesOf(value)
  return (
    <details open={entries.length <= 12}>
      <summary>
        <Text span size="sm" fw={500}>
          {name}
        </Text>{' '}
        <Text span size="xs" c="dimmed">
          {Array.isArray(value)
            ? `[${format.number(entries.length)}]`
            : `{${format.number(entries.length)}}`}
        </Text>
      </summary>
      <Branch entries={entries} />
    </details>
  )
}

function isTree(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}

function entriesOf(value: unknown): readonly (readonly [string, unknown])[] {
  return isTree(value) ? Object.entries(value) : [['', value]]
}
