import type { Forms, Language } from './languages.js'

/** Every text of the letters to learners and about their badges; `{name}` stands for a part. */
export const learnerLetterTexts = {
  en: {
    signIn: {
      subject: 'Your link to {site}',
      paragraphs: ['With this link you sign in at {site} and see your badges.'],
      action: 'Sign in',
      after: [
        'The link works once, for 30 minutes.',
        'If you did not ask for it, there is nothing to do: nobody can sign in without this mail.',
      ],
    },
    address: {
      subject: 'Confirm your address at {site}',
      paragraphs: [
        '{name} has added this address to an account at {site}, so that badges for it are found there.',
      ],
      action: 'Confirm the address',
      after: [
        'The link works once, for a day, for whoever is signed in to that account.',
        'If this is not your account, do not press the button: nothing happens then.',
      ],
    },
    newBadges: {
      subject: {
        one: 'You have earned a badge: {badge}',
        other: 'You have earned {count} badges',
      } satisfies Forms,
      hello: 'Hello {name},',
      paragraphs: {
        one: '{issuer} has given you a badge at {site}.',
        other: 'you have been given {count} badges at {site}.',
      } satisfies Forms,
      action: { one: 'See your badge', other: 'See your badges' } satisfies Forms,
      publicPage: 'Page for everybody',
      signsIn: [
        'The button signs you in as {email}; it works once, until {until}. Keep this mail to yourself: to show a badge to others, send them the link to its page for everybody.',
      ],
      plain: ['To show a badge to others, send them the link to its page for everybody.'],
      unsubscribe: 'No more mails about new badges',
    },
    endorsementAsked: {
      subject: '{learner} asks you to endorse a badge',
      paragraphs: [
        'Hello {name},',
        '{learner} holds the badge “{badge}” of {issuer}, and asks you to say a few words about it.',
      ],
      action: 'See the badge and answer',
      after: [
        'You need no account. What you write is shown with the badge once {learner} has accepted it.',
        'The link works until {until}. If you do not know {learner}, there is nothing to do.',
      ],
      unsubscribe: 'No more mails about endorsements',
    },
    endorsementGiven: {
      subject: '{name} has endorsed your badge {badge}',
      paragraphs: ['{name} has said something about your badge “{badge}” at {site}:'],
      action: 'Read and decide',
      after: ['Nobody else sees it until you accept it.'],
      unsubscribe: 'No more mails about endorsements',
    },
  },
  ar: {
    signIn: {
      subject: 'رابط الدخول إلى {site}',
      paragraphs: ['بهذا الرابط تدخل إلى {site} وترى شاراتك.'],
      action: 'تسجيل الدخول',
      after: [
        'يعمل الرابط مرة واحدة خلال 30 دقيقة.',
        'إذا لم تطلبه فلا حاجة لفعل أي شيء: لا يستطيع أحد الدخول من دون هذه الرسالة.',
      ],
    },
    address: {
      subject: 'أكِّد عنوانك في {site}',
      paragraphs: ['أضاف {name} هذا العنوان إلى حساب في {site} لكي تظهر فيه الشارات الخاصة به.'],
      action: 'تأكيد العنوان',
      after: [
        'يعمل الرابط مرة واحدة خلال يوم، لمن سجّل الدخول إلى ذلك الحساب.',
        'إذا لم يكن هذا حسابك فلا تضغط الزر، ولن يحدث شيء.',
      ],
    },
    newBadges: {
      subject: {
        one: 'حصلت على شارة: {badge}',
        two: 'حصلت على شارتين',
        few: 'حصلت على {count} شارات',
        many: 'حصلت على {count} شارة',
        other: 'حصلت على {count} شارة',
      } satisfies Forms,
      hello: 'مرحبًا {name}،',
      paragraphs: {
        one: 'منحتك {issuer} شارة في {site}.',
        two: 'مُنحت شارتين في {site}.',
        few: 'مُنحت {count} شارات في {site}.',
        many: 'مُنحت {count} شارة في {site}.',
        other: 'مُنحت {count} شارة في {site}.',
      } satisfies Forms,
      action: { one: 'عرض شارتك', two: 'عرض شارتيك', other: 'عرض شاراتك' } satisfies Forms,
      publicPage: 'الصفحة المفتوحة للجميع',
      signsIn: [
        'يسجّل الزر دخولك باسم {email}، ويعمل مرة واحدة حتى {until}. احتفظ بهذه الرسالة لنفسك: لعرض شارة على الآخرين أرسل إليهم رابط صفحتها المفتوحة للجميع.',
      ],
      plain: ['لعرض شارة على الآخرين أرسل إليهم رابط صفحتها المفتوحة للجميع.'],
      unsubscribe: 'إيقاف رسائل الشارات الجديدة',
    },
    endorsementAsked: {
      subject: 'يطلب منك {learner} تزكية شارة',
      paragraphs: [
        'مرحبًا {name}،',
        'يحمل {learner} الشارة «{badge}» من {issuer}، ويطلب منك أن تكتب بضع كلمات عنها.',
      ],
      action: 'عرض الشارة والرد',
      after: [
        'لا تحتاج إلى حساب. يظهر ما تكتبه مع الشارة بعد أن يقبله {learner}.',
        'يعمل الرابط حتى {until}. إذا كنت لا تعرف {learner} فلا حاجة لفعل أي شيء.',
      ],
      unsubscribe: 'إيقاف رسائل التزكية',
    },
    endorsementGiven: {
      subject: 'زكّى {name} شارتك {badge}',
      paragraphs: ['كتب {name} عن شارتك «{badge}» في {site}:'],
      action: 'القراءة والقرار',
      after: ['لا يراها أحد غيرك حتى تقبلها.'],
      unsubscribe: 'إيقاف رسائل التزكية',
    },
  },
} as const satisfies Record<Language, unknown>
