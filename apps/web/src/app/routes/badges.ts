export const badgeRoutes = [] as const
