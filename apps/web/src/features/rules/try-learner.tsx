import { Box, Card, Group, Stack, Text, Title } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import type { LearnerPreview } from '@rosette/contract'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { CircleCheck, CircleDashed } from 'lucide-react'
import { useState } from 'react'
import { Chip } from '../../components/chips.js'
import { Await, Loading } from '../../components/states.js'
import { format } from '../../lib/format.js'
import { findWay } from './draft.js'
import { toRules } from './draft-rules.js'
import { learnerPreviewQuery, learnersQuery } from './rule-queries.js'
import { useRules } from './rules-context.js'
import { wayName } from './sentence.js'
import { isolated } from './terms.js'
import { ValuesInput } from './values-input.js'
import { WhyNot } from './why-not.js'

/** Why one learner would have the badge by these rules, or what is missing. */
export function TryLearner({ isReady }: { readonly isReady: boolean }) {
  const { terms } = useRules()
  const { say } = terms
  const [search, setSearch] = useState('')
  const [chosen, setChosen] = useState<{ readonly id: string; readonly name: string }>()
  const [settled] = useDebouncedValue(search.trim(), 300)
  const found = useQuery({ ...learnersQuery(settled), placeholderData: keepPreviousData })
  const options = (found.data ?? []).map(({ id, name, username, email }) => ({
    value: id,
    label: name || username,
    detail: email === '' ? username : `${username} · ${email}`,
  }))
  const choose = ([id]: readonly string[]) => {
    const name = options.find(({ value }) => value === id)?.label
    setChosen(id === undefined || name === undefined ? undefined : { id, name })
  }
  return (
    <Card component="section" aria-labelledby="try-learner" padding="md">
      <Title order={2} size="h6" id="try-learner" mb={6}>
        {say('try.title')}
      </Title>
      <ValuesInput
        label={say('try.learner')}
        values={chosen === undefined ? [] : [chosen.id]}
        onChange={choose}
        options={
          chosen === undefined || options.some(({ value }) => value === chosen.id)
            ? options
            : [...options, { value: chosen.id, label: chosen.name, detail: '' }]
        }
        isLoading={found.isFetching}
        onSearch={setSearch}
        placeholder={say('try.search')}
        most={1}
      />
      <Box mt="sm" aria-live="polite">
        {chosen === undefined ? (
          <Text size="sm" c="dimmed">
            {say('try.about')}
          </Text>
        ) : isReady ? (
          <Tried learnerId={chosen.id} />
        ) : (
          <Text size="sm" c="dimmed">
            {say('preview.notReady')}
          </Text>
        )}
      </Box>
    </Card>
  )
}

function Tried({ learnerId }: { readonly learnerId: string }) {
  const { draft, organizationId, templateId } = useRules()
  const [settled] = useDebouncedValue(draft, 400)
  const about = { organizationId, templateId, rules: toRules(settled), learnerId }
  const query = useQuery({ ...learnerPreviewQuery(about), placeholderData: keepPreviousData })
  return (
    <Await query={query} loading={<Loading rows={2} />}>
      {(preview) => <Result preview={preview} />}
    </Await>
  )
}

function Result({ preview }: { readonly preview: LearnerPreview }) {
  const { say } = useRules().terms
  const { award, instances, eventsRead, isComplete } = preview
  return (
    <Stack gap="sm">
      {award !== null && (
        <Text size="sm">
          {award.status === 'awarded'
            ? say('try.has', { date: format.date(award.awardedAt) })
            : say('try.had', { date: format.date(award.revokedAt ?? award.awardedAt) })}
        </Text>
      )}
      {instances.map((instance) => (
        <Instance key={instance.instance ?? ''} instance={instance} />
      ))}
      {instances.length === 0 && <Text size="sm">{say('try.nothing')}</Text>}
      <Text size="xs" c="dimmed">
        {isComplete
          ? say('try.read', { count: eventsRead, number: format.number(eventsRead) })
          : say('try.readLatest', { count: eventsRead, number: format.number(eventsRead) })}
      </Text>
    </Stack>
  )
}

type InstanceGiven = LearnerPreview['instances'][number]

function Instance({ instance }: { readonly instance: InstanceGiven }) {
  const { terms } = useRules()
  const { say } = terms
  const { complete, completeAt, ratio, groups } = instance
  return (
    <Stack gap="xs">
      <Group gap="xs">
        <Chip tone={complete ? 'good' : 'waiting'}>
          {complete ? say('try.yes') : say('try.no', { ratio: format.percent(ratio) })}
        </Chip>
        {instance.instance !== null && <Text size="sm">{terms.nameOf(instance.instance)}</Text>}
        {completeAt !== null && (
          <Text size="xs" c="dimmed">
            {say('try.since', { date: format.dateTime(completeAt) })}
          </Text>
        )}
      </Group>
      <Stack component="ul" gap="xs" p={0} m={0} style={{ listStyle: 'none' }}>
        {groups.flatMap(({ group, requirements }) =>
          requirements.map((requirement) => (
            <li key={requirement.id}>
              <Requirement {...{ group, requirement }} />
            </li>
          )),
        )}
      </Stack>
    </Stack>
  )
}

type RequirementGiven = InstanceGiven['groups'][number]['requirements'][number]

function Requirement(given: { readonly group: string; readonly requirement: RequirementGiven }) {
  const { group, requirement } = given
  const { draft, terms } = useRules()
  const { say } = terms
  const way = findWay(draft, requirement.id)
  const name = way === undefined ? requirement.id : wayName(way, terms)
  const Icon = requirement.fulfilled ? CircleCheck : CircleDashed
  const { since, events } = requirement
  return (
    <Group gap="xs" wrap="nowrap" align="flex-start">
      <Icon
        size={18}
        style={{ flex: 'none', marginTop: 2 }}
        color={requirement.fulfilled ? 'var(--rosette-good)' : 'var(--rosette-warn)'}
        aria-label={requirement.fulfilled ? say('try.done') : say('try.open')}
      />
      <div>
        <Text size="sm">{say('full.wayOf', { letter: group, name: isolated(name) })}</Text>
        {since !== null && (
          <Text size="xs" c="dimmed">
            {say('try.doneBy', {
              count: events.length,
              number: format.number(events.length),
              date: format.dateTime(since),
            })}
          </Text>
        )}
        {!requirement.fulfilled && <WhyNot requirement={requirement} />}
      </div>
    </Group>
  )
}
