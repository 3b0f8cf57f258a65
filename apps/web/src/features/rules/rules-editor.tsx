import { Alert, Button, Group, Stack, Text, Title } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Plus, TriangleAlert } from 'lucide-react'
import { Fragment, useEffect, useMemo, useState } from 'react'
import { Empty } from '../../components/states.js'
import type { BadgeTemplate } from '../../lib/badge-templates.js'
import { ProblemError } from '../../lib/problem.js'
import { useMay } from '../../lib/session.js'
import { addPenalties, addWays, type Draft } from './draft.js'
import { type DraftFault, faultsOf, isForActivation, placed } from './draft-faults.js'
import { isSame, toDraft, toRules } from './draft-rules.js'
import { GroupCard } from './group-card.js'
import { PenaltyCard } from './penalty-card.js'
import { PenaltyChooser } from './penalty-chooser.js'
import { PreviewPanel } from './preview-panel.js'
import { RecipeChooser } from './recipe-chooser.js'
import { addChosen, type Chosen } from './recipes.js'
import { rulePreviewQuery } from './rule-queries.js'
import classes from './rules.module.css'
import { type Badge, type Rules, RulesProvider, useRules } from './rules-context.js'
import { SaveRules } from './save-rules.js'
import type { EventType } from './terms.js'
import { TryLearner } from './try-learner.js'
import { useDraft } from './use-draft.js'
import { useTerms } from './use-terms.js'

type Props = {
  readonly template: BadgeTemplate
  readonly types: readonly EventType[]
  readonly badges: readonly Badge[]
}

/** Cards on one side, what they mean on the other, and the way to save them. */
export function RulesEditor({ template, types, badges }: Props) {
  const stored = useMemo(() => toDraft(template), [template])
  const drafting = useDraft(stored)
  const { draft, act } = drafting
  // What colleagues have saved meanwhile is taken over, unless something is being edited here.
  useEffect(() => {
    if (!isSame(stored, drafting.base) && !drafting.isChanged) act({ do: 'stored', draft: stored })
  }, [stored, drafting.base, drafting.isChanged, act])
  const [isStrict, setStrict] = useState(false)
  const [newest, setNewest] = useState<string>()
  const terms = useTerms(draft, { types, badges })
  const mayEdit = useMay()('template:edit') && template.state !== 'archived'
  const found = useMemo(
    () => faultsOf(draft, { templateId: template.id, types }),
    [draft, template.id, types],
  )
  const preview = usePreview(draft, template, found)
  const rules: Rules = {
    draft,
    organizationId: template.organizationId,
    templateId: template.id,
    types,
    badges,
    terms,
    faults: [...found, ...serverFaults(preview.error, draft, found)],
    isStrict,
    preview: preview.data,
    mayEdit,
    newest,
    edit: (next) => {
      if (next.lastNumber > draft.lastNumber) setNewest(newestOf(next))
      act({ do: 'edit', draft: next })
    },
    remove: (next, removed) => act({ do: 'edit', draft: next, removed }),
  }
  return (
    <RulesProvider value={rules}>
      {template.state === 'active' && mayEdit && <ActiveWarning />}
      <div className={classes.layout}>
        <div>
          <Cards />
          <SaveRules
            template={template}
            drafting={drafting}
            isStrict={isStrict}
            onRefused={() => setStrict(true)}
            isBlocked={rules.faults.some(
              (fault) => template.state === 'active' || !isForActivation(fault),
            )}
          />
        </div>
        <aside className={classes.side} aria-label={terms.say('preview.label')}>
          <PreviewPanel
            query={preview}
            isReady={isReady(draft, found)}
            isSaved={!drafting.isChanged}
          />
          <TryLearner isReady={isReady(draft, found)} />
        </aside>
      </div>
    </RulesProvider>
  )
}

function isReady({ groups }: Draft, faults: readonly DraftFault[]): boolean {
  return groups.length > 0 && faults.every(isForActivation)
}

function usePreview(draft: Draft, template: BadgeTemplate, faults: readonly DraftFault[]) {
  const [settled] = useDebouncedValue(draft, 400)
  const { id: templateId, organizationId } = template
  return useQuery({
    ...rulePreviewQuery({ templateId, organizationId, rules: toRules(settled) }),
    enabled: isReady(draft, faults) && settled === draft,
    placeholderData: keepPreviousData,
  })
}

/** What only the server sees, such as a key of a course that is none, at the same places. */
function serverFaults(error: unknown, draft: Draft, found: readonly DraftFault[]) {
  if (!(error instanceof ProblemError) || error.code !== 'rules-invalid') return []
  return placed(draft, error.faults).filter(
    ({ part, field }) => !found.some((fault) => fault.part === part && fault.field === field),
  )
}

function newestOf({ groups, penalties, lastNumber }: Draft): string | undefined {
  const ids = [...groups.flatMap(({ ways }) => ways), ...penalties].map(({ id }) => id)
  return ids.find((id) => id === `r${lastNumber}` || id === `p${lastNumber}`)
}

function ActiveWarning() {
  const { say } = useRules().terms
  return (
    <Alert
      mb="md"
      variant="default"
      icon={<TriangleAlert aria-hidden />}
      title={say('active.title')}
      styles={{
        root: { backgroundColor: 'var(--rosette-warn-bg)', borderColor: 'var(--rosette-warn)' },
        icon: { color: 'var(--rosette-warn)' },
      }}
    >
      {say('active.text')}
    </Alert>
  )
}

type Adding = { readonly to: 'group'; readonly letter: string } | { readonly to: 'badge' }

function Cards() {
  const { draft, terms, mayEdit, edit } = useRules()
  const { say } = terms
  const [adding, setAdding] = useState<Adding>()
  const add = (chosen: Chosen) => {
    const isWay = adding?.to === 'group'
    edit(isWay ? addWays(draft, adding.letter, chosen.requirements) : addChosen(draft, chosen))
    setAdding(undefined)
  }
  const addButton = mayEdit && (
    <Button
      variant={draft.groups.length === 0 ? 'filled' : 'default'}
      leftSection={<Plus size={16} aria-hidden />}
      onClick={() => setAdding({ to: 'badge' })}
    >
      {draft.groups.length === 0 ? say('groups.first') : say('groups.add')}
    </Button>
  )
  return (
    <Stack gap="xl">
      <Stack component="section" gap="sm" aria-labelledby="rules-all">
        <Title order={2} size="h4" id="rules-all">
          {draft.groups.length > 1 ? say('groups.all') : say('groups.title')}
        </Title>
        {draft.groups.length === 0 ? (
          <Empty title={say('groups.none')} action={addButton}>
            {say('groups.noneText')}
          </Empty>
        ) : (
          <div>
            {draft.groups.map((group, index) => (
              <Fragment key={group.letter}>
                {index > 0 && (
                  <div className={`${classes.between} ${classes.and}`}>{say('groups.and')}</div>
                )}
                <GroupCard
                  group={group}
                  onAddWay={() => setAdding({ to: 'group', letter: group.letter })}
                />
              </Fragment>
            ))}
            <Group mt="md">{addButton}</Group>
          </div>
        )}
      </Stack>
      {(draft.groups.length > 0 || draft.penalties.length > 0) && <Penalties />}
      <RecipeChooser
        isOpen={adding !== undefined}
        onClose={() => setAdding(undefined)}
        onChosen={add}
      />
    </Stack>
  )
}

function Penalties() {
  const { draft, terms, types, mayEdit, edit } = useRules()
  const { say } = terms
  const [isAdding, setAdding] = useState(false)
  if (draft.penalties.length === 0 && !mayEdit) return null
  return (
    <Stack component="section" gap="sm" aria-labelledby="rules-penalties">
      <Title order={2} size="h4" id="rules-penalties">
        {say('penalties.heading')}
      </Title>
      <Text size="sm" c="dimmed">
        {draft.penalties.length === 0 ? say('penalties.none') : say('penalties.some')}
      </Text>
      {draft.penalties.map((penalty) => (
        <div key={penalty.id} className={`${classes.group} ${classes.penalty}`}>
          <PenaltyCard penalty={penalty} />
        </div>
      ))}
      {mayEdit && (
        <Group>
          <Button
            variant="default"
            leftSection={<Plus size={16} aria-hidden />}
            onClick={() => setAdding(true)}
          >
            {say('penalties.add')}
          </Button>
        </Group>
      )}
      <PenaltyChooser
        isOpen={isAdding}
        draft={draft}
        types={types}
        onClose={() => setAdding(false)}
        onChosen={(penalty) => {
          edit(addPenalties(draft, [penalty]))
          setAdding(false)
        }}
      />
    </Stack>
  )
}
