import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { secretOfLink } from './secret-of-link.js'

/**
 * The secret of a link, and what is done with it when somebody says so: programs that look through mail open
 * links too, and a link works once. It is empty where the link is not whole.
 */
export function useSecret<Answer>(use: (secret: string) => Promise<Answer>) {
  const [secret] = useState(secretOfLink)
  const using = useMutation({ mutationFn: () => use(secret) })
  return { secret, using }
}
