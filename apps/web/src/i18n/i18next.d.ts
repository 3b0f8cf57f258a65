import type account from '../texts/en/account.json'
import type backpack from '../texts/en/backpack.json'
import type badges from '../texts/en/badges.json'
import type common from '../texts/en/common.json'
import type insights from '../texts/en/insights.json'
import type operations from '../texts/en/operations.json'
import type people from '../texts/en/people.json'
import type rules from '../texts/en/rules.json'

// What makes `t('…')` an error for a text that does not exist.
declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common'
    resources: {
      account: typeof account
      backpack: typeof backpack
      badges: typeof badges
      common: typeof common
      insights: typeof insights
      operations: typeof operations
      people: typeof people
      rules: typeof rules
    }
  }
}
