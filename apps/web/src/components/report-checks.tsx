import { Box, Group, Stack, Text } from '@mantine/core'
import { CircleAlert, CircleCheck, CircleMinus, CircleX } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { Schema } from '../lib/api.js'

type Report = Pick<Schema<'VerificationReport'>, 'checks'>
type Outcome = Report['checks'][number]['outcome']

const looks = {
  failed: { icon: CircleX, colour: 'var(--rosette-bad)' },
  warning: { icon: CircleAlert, colour: 'var(--rosette-warn)' },
  passed: { icon: CircleCheck, colour: 'var(--rosette-good)' },
  skipped: { icon: CircleMinus, colour: 'var(--mantine-color-dimmed)' },
} as const satisfies Record<Outcome, unknown>
const order: readonly Outcome[] = ['failed', 'warning', 'passed', 'skipped']

/** What was looked at when a badge was verified, folded; what failed stands first. */
export function ReportChecks({ report }: { readonly report: Report }) {
  const { t } = useTranslation('backpack')
  const sorted = report.checks.toSorted(
    (a, b) => order.indexOf(a.outcome) - order.indexOf(b.outcome),
  )
  return (
    <details>
      <summary>
        <Text span size="sm" fw={500}>
          {t('report.title', { count: sorted.length })}
        </Text>
      </summary>
      <Stack component="ul" gap="xs" p={0} mt="sm" mb={0} style={{ listStyle: 'none' }}>
        {sorted.map(({ code, outcome, message }) => {
          const { icon: Icon, colour } = looks[outcome]
          return (
            <Group
              key={`${code} ${message}`}
              component="li"
              gap="xs"
              wrap="nowrap"
              align="flex-start"
            >
              <Icon
                size={18}
                color={colour}
                aria-label={t(`report.${outcome}`)}
                role="img"
                style={{ flex: 'none', marginTop: 2 }}
              />
              <Box miw={0}>
                <Text size="sm" fw={500}>
                  {t(`report.checks.${code}`)}
                </Text>
                <Text size="sm" c="dimmed">
                  {message}
                </Text>
              </Box>
            </Group>
          )
        })}
      </Stack>
    </details>
  )
}
