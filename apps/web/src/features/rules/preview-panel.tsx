import {
  Button,
  Card,
  Group,
  List,
  Skeleton,
  Stack,
  Text,
  Title,
  VisuallyHidden,
} from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import type { RulePreview } from '@rosette/contract'
import { type UseQueryResult, useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Check, Minus } from 'lucide-react'
import { GoLink } from '../../components/go.js'
import { Problem } from '../../components/states.js'
import { tellProblem } from '../../components/tell.js'
import { When } from '../../components/when.js'
import { format } from '../../lib/format.js'
import { ProblemError } from '../../lib/problem.js'
import { useMay, useOrganization } from '../../lib/session.js'
import { startBackfill } from './rule-queries.js'
import classes from './rules.module.css'
import { useRules } from './rules-context.js'
import { badgeSentence, badgeSentences } from './sentence.js'

type Props = {
  readonly query: UseQueryResult<RulePreview>
  /** Whether the rules are so far that somebody could have fulfilled them. */
  readonly isReady: boolean
  /** Whether they are stored as they stand here: everybody concerned can be listed then. */
  readonly isSaved: boolean
}

/** What the rules mean, and for whom, while they are edited. */
export function PreviewPanel(props: Props) {
  return (
    <>
      <InWords />
      <WhoToday {...props} />
    </>
  )
}

function InWords() {
  const { draft, terms } = useRules()
  const sentence = badgeSentence(draft, terms)
  const [settled] = useDebouncedValue(sentence, 1200)
  return (
    <Card component="section" aria-labelledby="in-words" padding="md">
      <Title order={2} size="h6" id="in-words" mb={6}>
        {terms.say('preview.inWords')}
      </Title>
      <Stack gap={6}>
        {badgeSentences(draft, terms).map((one) => (
          <Text key={one}>{one}</Text>
        ))}
      </Stack>
      <VisuallyHidden role="status" aria-live="polite">
        {settled}
      </VisuallyHidden>
    </Card>
  )
}

function WhoToday({ query, isReady, isSaved }: Props) {
  const { terms } = useRules()
  const { say } = terms
  const isInvalid = query.error instanceof ProblemError && query.error.code === 'rules-invalid'
  return (
    <Card component="section" aria-labelledby="who-today" padding="md" aria-busy={query.isFetching}>
      <Title order={2} size="h6" id="who-today" mb={6}>
        {say('preview.who')}
      </Title>
      {!isReady || isInvalid ? (
        <Text c="dimmed" size="sm">
          {say('preview.notReady')}
        </Text>
      ) : query.isError ? (
        <Problem error={query.error} onRetry={() => void query.refetch()} />
      ) : query.data === undefined ? (
        <Stack gap="xs" role="status">
          <VisuallyHidden>{say('preview.loading')}</VisuallyHidden>
          <Skeleton height={36} width={120} aria-hidden />
          <Skeleton height={16} aria-hidden />
          <Skeleton height={16} aria-hidden />
        </Stack>
      ) : (
        <Found preview={query.data} isOld={query.isPlaceholderData} isSaved={isSaved} />
      )}
    </Card>
  )
}

type FoundProps = {
  readonly preview: RulePreview
  readonly isOld: boolean
  readonly isSaved: boolean
}

function Found({ preview, isOld, isSaved }: FoundProps) {
  const { terms } = useRules()
  const { say } = terms
  const { learners, events, examples } = preview
  return (
    <Stack gap="sm" style={{ opacity: isOld ? 0.55 : 1 }}>
      <div>
        <Text className={classes.figure}>{format.number(learners.complete)}</Text>
        <Text size="sm">{say('preview.complete', { count: learners.complete })}</Text>
      </div>
      {(learners.halfWay > 0 || learners.started > 0) && (
        <List size="sm" c="dimmed" spacing={2}>
          {learners.halfWay > 0 && (
            <List.Item>
              {say('preview.halfWay', {
                count: learners.halfWay,
                number: format.number(learners.halfWay),
              })}
            </List.Item>
          )}
          {learners.started > 0 && (
            <List.Item>
              {say('preview.started', {
                count: learners.started,
                number: format.number(learners.started),
              })}
            </List.Item>
          )}
        </List>
      )}
      <Text size="xs" c="dimmed">
        {overWhat(events, say)}
      </Text>
      {examples.length > 0 && <Examples examples={examples} />}
      {isSaved && learners.complete > 0 && <SeeAll />}
    </Stack>
  )
}

/** Goes through the whole log in the background, and leads to the list. */
function SeeAll() {
  const { terms, templateId } = useRules()
  const may = useMay()
  const { slug } = useOrganization()
  const navigate = useNavigate()
  const look = useMutation({
    mutationFn: () => startBackfill(templateId, 'preview'),
    onSuccess: ({ id }) =>
      navigate({
        to: '/o/$organization/backfills/$backfillId',
        params: { organization: slug, backfillId: id },
      }),
    onError: tellProblem,
  })
  if (!may('backfill:run')) return null
  return (
    <Button size="sm" variant="default" loading={look.isPending} onClick={() => look.mutate()}>
      {terms.say('preview.seeAll')}
    </Button>
  )
}

function overWhat(events: RulePreview['events'], say: ReturnType<typeof useRules>['terms']['say']) {
  if (events.read === 0 || events.from === null || events.until === null) {
    return say('preview.noEvents')
  }
  const given = {
    count: events.read,
    read: format.number(events.read),
    from: format.date(events.from),
    until: format.date(events.until),
  }
  if (given.from === given.until) {
    return events.isComplete ? say('preview.wholeDay', given) : say('preview.partDay', given)
  }
  return events.isComplete ? say('preview.whole', given) : say('preview.part', given)
}

function Examples({ examples }: { readonly examples: RulePreview['examples'] }) {
  const { draft, terms } = useRules()
  const { say } = terms
  const { slug } = useOrganization()
  const letters = draft.groups.map(({ letter }) => letter)
  return (
    <div>
      <Text size="sm" fw={600} mb={4}>
        {say('preview.examples')}
      </Text>
      <Stack component="ul" gap={6} p={0} m={0} style={{ listStyle: 'none' }}>
        {examples.slice(0, 8).map(({ learner, instance, completeAt, groups }) => (
          <Group
            component="li"
            key={`${learner.username} ${instance}`}
            justify="space-between"
            wrap="nowrap"
            gap="xs"
            align="flex-start"
          >
            <div style={{ minWidth: 0 }}>
              <Text size="sm" component="div">
                {learner.id === null ? (
                  learner.name || learner.username
                ) : (
                  <GoLink to={`/o/${slug}/learners/${learner.id}`}>
                    {learner.name || learner.username}
                  </GoLink>
                )}
              </Text>
              <Text size="xs" c="dimmed">
                {instance !== null && `${terms.nameOf(instance)} `}
                {completeAt === null ? say('preview.notYet') : <When at={completeAt} />}
              </Text>
            </div>
            <Group gap={4} wrap="nowrap">
              {letters.map((letter) => (
                <Tick key={letter} letter={letter} isDone={groups[letter] === true} />
              ))}
            </Group>
          </Group>
        ))}
      </Stack>
    </div>
  )
}

function Tick({ letter, isDone }: { readonly letter: string; readonly isDone: boolean }) {
  const { say } = useRules().terms
  const Icon = isDone ? Check : Minus
  return (
    <Group gap={2} wrap="nowrap" c={isDone ? 'var(--rosette-good)' : 'dimmed'}>
      <Text span size="xs" fw={600} aria-hidden>
        {letter}
      </Text>
      <Icon size={14} aria-hidden />
      <VisuallyHidden>
        {isDone ? say('preview.groupDone', { letter }) : say('preview.groupOpen', { letter })}
      </VisuallyHidden>
    </Group>
  )
}
