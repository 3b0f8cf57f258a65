import { queryOptions } from '@tanstack/react-query'
import { answer, api, type Schema } from '../../lib/api.js'

export type Configuration = Schema<'Configuration'>
export type Setting = Configuration['settings'][number]

export const configurationQuery = queryOptions({
  queryKey: ['configuration'],
  queryFn: () => answer(api.GET('/api/v1/configuration')),
})
