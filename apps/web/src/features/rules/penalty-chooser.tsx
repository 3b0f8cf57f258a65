import { Modal, Stack, Text } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Draft, NewPenalty } from './draft.js'
import { AnyEvent, NotOn, RecipeButton } from './recipe-chooser.js'
import { newPenalty, penaltyRecipes } from './recipes.js'
import classes from './rules.module.css'
import type { EventType } from './terms.js'

type Props = {
  readonly isOpen: boolean
  readonly draft: Draft
  readonly types: readonly EventType[]
  readonly onClose: () => void
  readonly onChosen: (penalty: NewPenalty) => void
}

/** Asks what takes the badge back. */
export function PenaltyChooser({ isOpen, draft, types, onClose, onChosen }: Props) {
  const { t } = useTranslation(['rules', 'common'])
  const [isChosen, setChosen] = useState(false)
  useEffect(() => {
    if (isOpen) setChosen(false)
  }, [isOpen])
  const choose = (penalty: NewPenalty) => {
    setChosen(true)
    onChosen(penalty)
  }
  const isOn = ({ eventType }: { readonly eventType: string }) =>
    types.some((type) => type.eventType === eventType)
  return (
    <Modal
      opened={isOpen}
      // What was chosen is a card now, which takes the focus; otherwise it goes back to where it was.
      returnFocus={!isChosen}
      onClose={onClose}
      size="xl"
      title={t('penalties.title')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <Stack gap="lg">
        <Text c="dimmed" size="sm">
          {t('penalties.about')}
        </Text>
        <ul className={classes.recipes} style={{ listStyle: 'none', padding: 0, margin: 0 }}>
          {penaltyRecipes.filter(isOn).map((recipe) => (
            <li key={recipe.id}>
              <RecipeButton
                id={recipe.id}
                title={t(`penalties.${recipe.id}.title`)}
                text={t(`penalties.${recipe.id}.text`)}
                onClick={() => choose(recipe.make(draft))}
              />
            </li>
          ))}
        </ul>
        <AnyEvent types={types} onChosen={(eventType) => choose(newPenalty(draft, eventType))} />
        <NotOn
          missing={penaltyRecipes
            .filter((recipe) => !isOn(recipe))
            .map(({ id, eventType }) => ({ title: t(`penalties.${id}.title`), eventType }))}
        />
      </Stack>
    </Modal>
  )
}
