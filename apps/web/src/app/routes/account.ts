export const doorRoutes = [] as const
export const accountRoutes = [] as const
export const settingsRoutes = [] as const
