import type { WidgetText } from './widget-en';

export const widgetZh: WidgetText = {
  chat: '在线咨询',
  open: '打开在线咨询',
  loading: '正在打开…',
  unreadOne: '1 条新消息',
  unread: '{count} 条新消息',
  greeting: '您好，请问有什么可以帮您？',
  away: '暂时无法联系到我们，请稍后再留言。',
  retry: '重试',
  dismiss: '关闭',
};
