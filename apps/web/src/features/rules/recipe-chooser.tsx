import { Button, Code, Group, Modal, Select, Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Await } from '../../components/states.js'
import { looksLikeKey } from './draft-faults.js'
import { recipeIcons } from './icons.js'
import { type Chosen, forEachCourse, newRequirement, type Recipe, recipes } from './recipes.js'
import { eventTypesQuery, eventValuesQuery } from './rule-queries.js'
import classes from './rules.module.css'
import { type EventType, titleOf } from './terms.js'
import { ValuesInput } from './values-input.js'

type Props = {
  readonly isOpen: boolean
  readonly onClose: () => void
  readonly onChosen: (chosen: Chosen) => void
}

/** Asks what a learner has to do: the common cases, then any event. */
export function RecipeChooser({ isOpen, onClose, onChosen }: Props) {
  const { t } = useTranslation(['rules', 'common'])
  const types = useQuery({ ...eventTypesQuery, enabled: isOpen })
  const [isChosen, setChosen] = useState(false)
  useEffect(() => {
    if (isOpen) setChosen(false)
  }, [isOpen])
  const choose = (chosen: Chosen) => {
    setChosen(true)
    onChosen(chosen)
  }
  return (
    <Modal
      opened={isOpen}
      // What was chosen is a card now, which takes the focus; otherwise it goes back to where it was.
      returnFocus={!isChosen}
      onClose={onClose}
      size="xl"
      title={t('recipes.title')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <Await query={types}>{(known) => <Steps types={known} onChosen={choose} />}</Await>
    </Modal>
  )
}

type StepsProps = {
  readonly types: readonly EventType[]
  readonly onChosen: (chosen: Chosen) => void
}

function Steps({ types, onChosen }: StepsProps) {
  const { t } = useTranslation('rules')
  const [asking, setAsking] = useState<Recipe>()
  const isOn = ({ eventType }: { readonly eventType: string }) =>
    types.some((type) => type.eventType === eventType)
  if (asking !== undefined) {
    return <Courses recipe={asking} onBack={() => setAsking(undefined)} onChosen={onChosen} />
  }
  const choose = (recipe: Recipe) => {
    if (recipe.asksForCourses) setAsking(recipe)
    else onChosen({ requirements: [recipe.requirement] })
  }
  return (
    <Stack gap="lg">
      <Text c="dimmed" size="sm">
        {t('recipes.about')}
      </Text>
      <ul className={classes.recipes} style={{ listStyle: 'none', padding: 0, margin: 0 }}>
        {recipes.filter(isOn).map((recipe) => (
          <li key={recipe.id}>
            <RecipeButton
              id={recipe.id}
              title={t(`recipes.${recipe.id}.title`)}
              text={t(`recipes.${recipe.id}.text`)}
              onClick={() => choose(recipe)}
            />
          </li>
        ))}
      </ul>
      <AnyEvent
        types={types}
        onChosen={(eventType) => onChosen({ requirements: [newRequirement(eventType)] })}
      />
      <NotOn
        missing={recipes
          .filter((recipe) => !isOn(recipe))
          .map(({ id, eventType }) => ({ title: t(`recipes.${id}.title`), eventType }))}
      />
    </Stack>
  )
}

type ButtonProps = {
  readonly id: keyof typeof recipeIcons
  readonly title: string
  readonly text: string
  readonly onClick: () => void
}

export function RecipeButton({ id, title, text, onClick }: ButtonProps) {
  const Icon = recipeIcons[id]
  return (
    <button type="button" className={classes.recipe} onClick={onClick}>
      <span className={classes.icon}>
        <Icon size={20} aria-hidden />
      </span>
      <span>
        <Text span fw={600} size="sm" display="block">
          {title}
        </Text>
        <Text span size="xs" c="dimmed" display="block">
          {text}
        </Text>
      </span>
    </button>
  )
}

type AnyProps = {
  readonly types: readonly EventType[]
  readonly onChosen: (eventType: string) => void
}

/** For who knows which event it is. */
export function AnyEvent({ types, onChosen }: AnyProps) {
  const { t } = useTranslation('rules')
  const data = types.map(({ eventType, title }) => ({
    value: eventType,
    label: titleOf(t, eventType, title),
  }))
  return (
    <Select
      label={t('recipes.any.title')}
      description={t('recipes.any.text')}
      placeholder={t('recipes.any.choose')}
      searchable
      value={null}
      data={data}
      nothingFoundMessage={t('values.none')}
      onChange={(eventType) => eventType !== null && onChosen(eventType)}
    />
  )
}

type NotOnProps = {
  readonly missing: readonly { readonly title: string; readonly eventType: string }[]
}

/** What could be offered if the installation listened to it, and how to make it listen. */
export function NotOn({ missing }: NotOnProps) {
  const { t } = useTranslation('rules')
  if (missing.length === 0) return null
  return (
    <details>
      <summary>
        <Text span size="sm" fw={600}>
          {t('recipes.off.title', { count: missing.length })}
        </Text>
      </summary>
      <Text size="sm" c="dimmed" my="xs">
        {t('recipes.off.text')}
      </Text>
      <ul style={{ margin: 0, paddingInlineStart: 20 }}>
        {missing.map(({ title, eventType }) => (
          <li key={title}>
            <Text size="sm">{title}</Text>
            <Code>{eventType}</Code>
          </li>
        ))}
      </ul>
    </details>
  )
}

type CoursesProps = {
  readonly recipe: Recipe
  readonly onBack: () => void
  readonly onChosen: (chosen: Chosen) => void
}

/** Which courses, before there is a card for each. */
function Courses({ recipe, onBack, onChosen }: CoursesProps) {
  const { t } = useTranslation(['rules', 'common'])
  const [courses, setCourses] = useState<readonly string[]>([])
  const { eventType } = recipe
  const seen = useQuery(eventValuesQuery({ eventType, keyPath: 'course.course_key' }))
  const options = seen.data?.items.map(({ value, label }) => ({
    value,
    label: label ?? value,
  }))
  return (
    <Stack>
      <Title order={3} size="h5">
        {t(`recipes.${recipe.id}.title`)}
      </Title>
      <ValuesInput
        label={t('recipes.whichCourses')}
        values={courses}
        onChange={setCourses}
        options={options ?? []}
        isLoading={seen.isFetching}
        placeholder={t('values.course')}
        takes={(text) => looksLikeKey('course.course_key', text)}
      />
      <Group justify="flex-end">
        <Button variant="default" onClick={onBack}>
          {t('common:back')}
        </Button>
        <Button
          disabled={courses.length === 0}
          onClick={() => onChosen(forEachCourse(recipe, courses))}
        >
          {t('recipes.addCourses', { count: courses.length })}
        </Button>
      </Group>
    </Stack>
  )
}
