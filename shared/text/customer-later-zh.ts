import type { CustomerLaterText } from './customer-later-en';

export const customerLaterZh: CustomerLaterText = {
  'rating.label': '请为本次服务评分',
  'rating.score': '{score} 分（满分 5 分）：{word}',
  'rating.word1': '非常不满意',
  'rating.word2': '不满意',
  'rating.word3': '一般',
  'rating.word4': '满意',
  'rating.word5': '非常满意',
  'rating.comment': '评价内容（选填）',
  'rating.send': '提交评价',
  'rating.sending': '正在提交…',
  'rating.thanks': '感谢您的评价。',
  'rating.change': '修改',
  'rating.changeOnce': '您可以修改一次。',
  'rating.cancel': '保持不变',
  'refused.ratingLate': '已超过评价时限：会话结束后 12 小时内可以评价。',
  'refused.ratedAlready': '您已修改过评价，无法再次修改。',
  'refused.ratingOff': '我们目前不再收集评价，仍然感谢您。',
  'rating.failed': '评价未能提交，请重试。',
};
