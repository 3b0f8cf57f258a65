export { createNotices, type Notices } from './create-notices.js'
export { createNoticeTasks, mailNoticesTask } from './mail-notices.js'
export { createNoticeViews } from './notice-views.js'
