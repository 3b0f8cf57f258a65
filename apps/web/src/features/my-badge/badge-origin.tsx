import { Button, Group, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { RefreshCw, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Confirm } from '../../components/confirm.js'
import { useGoTo } from '../../components/go.js'
import { OutsideLink } from '../../components/page.js'
import { ReportChecks } from '../../components/report-checks.js'
import { Section } from '../../components/section.js'
import { tellDone, tellProblem } from '../../components/tell.js'
import { When } from '../../components/when.js'
import { answer, api } from '../../lib/api.js'
import { type BadgeDetail, keepBadge, removeBadge } from '../../lib/backpack.js'

/** Where an imported badge came from, and when it was last found to be real. */
export function BadgeOrigin({ badge }: { readonly badge: BadgeDetail }) {
  const { t } = useTranslation('backpack')
  const { source, sourceUrl, checkedAt, report } = badge
  const check = useMutation({
    mutationFn: () =>
      answer(
        api.POST('/api/v1/backpack/badges/{id}/check', { params: { path: { id: badge.id } } }),
      ),
    onSuccess: (checked) => {
      keepBadge(checked)
      tellDone(t('origin.checked', { status: t(`status.${checked.status}`) }))
    },
    onError: tellProblem,
  })
  if (source === null) return null
  return (
    <Section
      title={t('origin.title')}
      about={t(`origin.sources.${source}`)}
      actions={
        <Button
          variant="default"
          size="xs"
          leftSection={<RefreshCw size={14} aria-hidden />}
          loading={check.isPending}
          onClick={() => check.mutate()}
        >
          {t('origin.check')}
        </Button>
      }
    >
      {sourceUrl !== null && (
        <Text size="sm">
          <OutsideLink href={sourceUrl}>{sourceUrl}</OutsideLink>
        </Text>
      )}
      <Text size="sm" c="dimmed">
        {checkedAt === null ? (
          t('origin.neverChecked')
        ) : (
          <>
            {t('origin.checkedAt')} <When at={checkedAt} />
          </>
        )}
      </Text>
      {report !== null && <ReportChecks report={report} />}
      <Remove badge={badge} />
    </Section>
  )
}

function Remove({ badge }: { readonly badge: BadgeDetail }) {
  const { t } = useTranslation('backpack')
  const [isAsked, setAsked] = useState(false)
  const go = useGoTo()
  const remove = useMutation({
    mutationFn: () => removeBadge(badge.id),
    onSuccess: () => {
      tellDone(t('origin.removed', { name: badge.name }))
      go('/')
    },
  })
  return (
    <Group>
      <Button
        variant="subtle"
        size="compact-sm"
        c="var(--rosette-bad)"
        color="red"
        leftSection={<Trash2 size={14} aria-hidden />}
        onClick={() => setAsked(true)}
      >
        {t('origin.remove')}
      </Button>
      <Confirm
        isOpen={isAsked}
        onClose={() => setAsked(false)}
        title={t('origin.removeTitle', { name: badge.name })}
        confirm={t('origin.remove')}
        isDangerous
        isBusy={remove.isPending}
        error={remove.error}
        onConfirm={() => remove.mutate()}
      >
        {t('origin.removeText')}
      </Confirm>
    </Group>
  )
}
