/** The sample team and what its customers ask. Labelled as sample data wherever it is shown. */

export const sampleGroups = ['Orders', 'Returns', 'Technical help'] as const;
type GroupName = (typeof sampleGroups)[number];

/** Priority 1 is first (CH2). */
export const sampleTeam: readonly { name: string; capacity: number; groups: Partial<Record<GroupName, number>> }[] = [
  { name: 'Li Wang', capacity: 3, groups: { Orders: 1, Returns: 2 } },
  { name: 'Ana Silva', capacity: 4, groups: { Returns: 1, Orders: 2 } },
  { name: 'Jonas Olsen', capacity: 3, groups: { 'Technical help': 1 } },
  { name: 'Amara Diallo', capacity: 3, groups: { 'Technical help': 2, Orders: 2 } },
  { name: 'Tom Becker', capacity: 2, groups: { Returns: 2, 'Technical help': 3 } },
];

export const sampleCustomers = [
  'Mei Chen',
  'Oliver Grant',
  'Sofia Rossi',
  '陈静',
  'Noah Fischer',
  'Fatima Zahra',
  '张伟',
  'Emma Larsen',
  'Lucas Martin',
  'Priya Nair',
  'Hugo Lind',
  '刘洋',
] as const;

export const sampleQuestions: Readonly<Record<GroupName, readonly string[]>> = {
  Orders: [
    'Hello, has my order gone out yet?',
    'Can I still change the delivery address?',
    'Is the blue one back in stock?',
    'Could I pick it up in the shop instead?',
  ],
  Returns: [
    'The parcel arrived damaged, what can I do?',
    'How do I send something back?',
    'When will I see my refund?',
    'I got the wrong size.',
  ],
  'Technical help': [
    "It doesn't switch on any more.",
    'How do I connect it to my phone?',
    'The update has been stuck at 40 % for an hour.',
    'Where do I find the serial number?',
  ],
};

export const sampleFollowUps = [
  'Thanks, let me look.',
  "Yes, that's right.",
  'The number is on the receipt, one moment.',
  'Good. Anything else I should do?',
  'That worked, thank you!',
] as const;

export const sampleReplies = [
  'Good morning, I am looking into it.',
  'Could you tell me the order number?',
  'I see it here. I have put that right for you.',
  'You will get a mail about it in a minute.',
  "You're welcome. Have a good day!",
] as const;
