import { withoutUndefined } from '../../http/without-undefined.js'
import type { TemplateRow } from './template-repository.js'

type Text<Name extends string> = { readonly [name in Name]: string }
type MaybeText<Name extends string> = { readonly [name in Name]?: string | undefined }

/** What a badge says beside name, description, criteria and tags, as it may be given. */
export type AchievementGiven = {
  readonly language?: string | null | undefined
  readonly achievementType?: string | undefined
  readonly fieldOfStudy?: string | null | undefined
  readonly alignments?:
    | readonly (Text<'name' | 'url'> & MaybeText<'code' | 'description' | 'framework' | 'type'>)[]
    | undefined
  readonly results?:
    | readonly (Text<'id' | 'name' | 'type'> &
        MaybeText<'requiredValue'> & {
          readonly allowedValues?: readonly string[] | undefined
          readonly min?: number | undefined
          readonly max?: number | undefined
        })[]
    | undefined
}

/** The columns of what was given; what was left out keeps its value, or its default. */
export function toAchievementColumns(given: AchievementGiven) {
  const { language, achievementType, fieldOfStudy, alignments, results } = given
  return {
    ...(language !== undefined && { language }),
    ...(achievementType !== undefined && { achievement_type: achievementType }),
    ...(fieldOfStudy !== undefined && { field_of_study: fieldOfStudy }),
    ...(alignments !== undefined && {
      alignments: JSON.stringify(alignments.map(withoutUndefined)),
    }),
    ...(results !== undefined && { results: JSON.stringify(results.map(withoutUndefined)) }),
  }
}

/** What is stored of it, for screens and files. */
export function toAchievement(row: TemplateRow) {
  return {
    language: row.language,
    achievementType: row.achievement_type,
    fieldOfStudy: row.field_of_study,
    alignments: row.alignments,
    results: row.results,
  }
}
