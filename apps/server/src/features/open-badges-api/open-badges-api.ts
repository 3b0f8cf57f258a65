export { formOf, textOf } from './badge-text.js'
export { findHolder, type KeptBadge, listKeptBadges } from './kept-badge-views.js'
export { openBadgesRoutes, type TakeIn } from './open-badges-routes.js'
export { linksTo, pageQuery } from './page-links.js'
