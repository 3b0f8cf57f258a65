import {
  ActionIcon,
  Alert,
  Collapse,
  Group,
  Menu,
  Stack,
  Text,
  UnstyledButton,
} from '@mantine/core'
import {
  ChevronDown,
  ChevronUp,
  EllipsisVertical,
  type LucideIcon,
  TriangleAlert,
} from 'lucide-react'
import { type ReactNode, type RefObject, useEffect, useId, useRef, useState } from 'react'
import type { DraftFault } from './draft-faults.js'
import { faultText } from './fault-words.js'
import classes from './rules.module.css'
import { useRules } from './rules-context.js'

type Props = {
  readonly id: string
  readonly icon: LucideIcon
  readonly title: string
  readonly sentence: string
  readonly description: string
  /** What the event log says of it. */
  readonly hint: ReactNode
  readonly fault: DraftFault | undefined
  readonly menu: ReactNode
  readonly short: (field: RefObject<HTMLInputElement | null>) => ReactNode
  readonly full: ReactNode
  /** Whether there is nothing to fill in but in the full form. */
  readonly opensAtOnce?: boolean
}

/** One requirement or penalty: in short with its main inputs, and opened with everything. */
export function RuleCard({ opensAtOnce = false, ...props }: Props) {
  const { terms, newest, mayEdit } = useRules()
  const { say } = terms
  const [isOpen, setOpen] = useState(opensAtOnce)
  const field = useRef<HTMLInputElement>(null)
  const title = useId()
  const isNewest = newest === props.id
  useEffect(() => {
    if (isNewest) (field.current ?? document.getElementById(`rule-${props.id}`))?.focus()
  }, [isNewest, props.id])
  const Icon = props.icon
  const Chevron = isOpen ? ChevronUp : ChevronDown
  return (
    // biome-ignore lint/a11y/useSemanticElements: within a group, which is a group of its own
    <div
      role="group"
      aria-labelledby={title}
      className={classes.card}
      id={`rule-${props.id}`}
      tabIndex={-1}
    >
      <Stack gap="sm">
        <Group gap="sm" wrap="nowrap" align="flex-start">
          <span className={classes.icon}>
            <Icon size={20} aria-hidden />
          </span>
          <div style={{ flex: 1, minWidth: 0 }}>
            <Text fw={600} id={title}>
              {props.title}
            </Text>
            {props.description !== '' && (
              <Text size="xs" c="dimmed">
                {props.description}
              </Text>
            )}
            {props.hint}
          </div>
          {mayEdit && <CardMenu title={props.title}>{props.menu}</CardMenu>}
        </Group>
        {!isOpen && props.short(field)}
        <Fault fault={props.fault} />
        <Collapse expanded={isOpen}>{isOpen && props.full}</Collapse>
        <Group justify="space-between" gap="xs" wrap="nowrap" align="flex-end">
          <Text size="sm" c="dimmed">
            {props.sentence}
          </Text>
          <UnstyledButton
            onClick={() => setOpen(!isOpen)}
            aria-expanded={isOpen}
            aria-label={
              isOpen
                ? say('card.less', { title: props.title })
                : say('card.more', { title: props.title })
            }
            c="var(--rosette-accent)"
            fz="sm"
            style={{ flex: 'none' }}
          >
            <Group gap={4} wrap="nowrap">
              {isOpen ? say('card.close') : say('card.details')}
              <Chevron size={16} aria-hidden />
            </Group>
          </UnstyledButton>
        </Group>
      </Stack>
    </div>
  )
}

function Fault({ fault }: { readonly fault: DraftFault | undefined }) {
  const { terms } = useRules()
  if (fault === undefined) return null
  return (
    <Alert
      variant="default"
      p="xs"
      icon={<TriangleAlert size={16} aria-hidden />}
      styles={{
        root: { backgroundColor: 'var(--rosette-warn-bg)', borderColor: 'var(--rosette-warn)' },
        icon: { color: 'var(--rosette-warn)' },
      }}
    >
      <Text size="sm">{faultText(fault, terms.say)}</Text>
    </Alert>
  )
}

function CardMenu({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const { terms } = useRules()
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon color="gray" aria-label={terms.say('card.menu', { title })}>
          <EllipsisVertical size={18} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>{children}</Menu.Dropdown>
    </Menu>
  )
}
