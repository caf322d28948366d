/** What the customers' page says beside a conversation, fetched once there is one. Chinese has exactly these keys. */
export const customerLaterEn = {
  'rating.label': 'How was it?',
  'rating.score': '{score} of 5: {word}',
  'rating.word1': 'very bad',
  'rating.word2': 'bad',
  'rating.word3': 'all right',
  'rating.word4': 'good',
  'rating.word5': 'very good',
  'rating.comment': 'Comment (optional)',
  'rating.send': 'Send rating',
  'rating.sending': 'Sending …',
  'rating.thanks': 'Thank you for your rating.',
  'rating.change': 'Change',
  'rating.changeOnce': 'You can change it once.',
  'rating.cancel': 'Leave it as it is',
  'refused.ratingLate': 'It is too late to rate this chat: that can be done for twelve hours.',
  'refused.ratedAlready': 'You have changed your rating already. It stays as it was.',
  'refused.ratingOff': 'We are not asking for ratings any more. Thank you all the same.',
  'rating.failed': 'Your rating was not taken. Please try again.',
} as const;

export type CustomerLaterKey = keyof typeof customerLaterEn;
export type CustomerLaterText = Readonly<Record<CustomerLaterKey, string>>;
