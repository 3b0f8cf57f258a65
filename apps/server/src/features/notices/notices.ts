export {
  createNotices,
  type NewNotice,
  type NoticeKind,
  type Notices,
} from './create-notices.js'
export { createNoticeTasks, mailNoticesTask } from './mail-notices.js'
export { noticeSentence } from './notice-sentence.js'
export { type Asked, createNoticeViews, type NoticeViews } from './notice-views.js'
