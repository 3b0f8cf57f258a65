import { describe, expect, it } from 'vitest'
import { addGroup, emptyDraft, removeWay } from './draft.js'
import { toInstant, toLocal } from './local-time.js'
import { demo, requirementOf } from './rules.features.js'
import { edited, unedited } from './use-draft.js'

const one = addGroup(emptyDraft, [requirementOf({ course: demo })])

describe('editing', () => {
  it('goes back step by step, and brings back what was removed', () => {
    const begun = unedited(emptyDraft)
    const added = edited(begun, { do: 'edit', draft: one })
    const removed = edited(added, { do: 'edit', draft: removeWay(one, 'r1'), removed: 'it' })
    expect(removed.removed).toBe('it')
    const back = edited(removed, { do: 'undo' })
    expect([back.draft, back.removed]).toEqual([one, undefined])
    expect(edited(edited(back, { do: 'undo' }), { do: 'undo' }).draft).toBe(emptyDraft)
  })

  it('keeps nothing where nothing has changed', () => {
    const begun = unedited(one)
    expect(edited(begun, { do: 'edit', draft: one })).toBe(begun)
  })

  it('discards everything at once, and takes that back too', () => {
    const added = edited(unedited(emptyDraft), { do: 'edit', draft: one })
    const discarded = edited(added, { do: 'discard' })
    expect(discarded.draft).toBe(emptyDraft)
    expect(edited(discarded, { do: 'undo' }).draft).toBe(one)
  })

  it('begins anew with what was stored', () => {
    const added = edited(unedited(emptyDraft), { do: 'edit', draft: one })
    expect(edited(added, { do: 'stored', draft: one })).toEqual(unedited(one))
  })
})

describe('a time that is entered', () => {
  it.each(['2026-03-12T09:30:00Z', '1999-12-31T23:59:00Z'])('comes back as it was: %s', (time) => {
    expect(toInstant(toLocal(time))).toBe(time)
  })

  it.each(['', 'soon'])('is nothing when it is none: %j', (text) => {
    expect([toLocal(text), toInstant(text)]).toEqual(['', ''])
  })
})
