import type { DesktopText } from './desktop-en';

/** The desktop shell in simplified Chinese. */
export const desktopZh: DesktopText = {
  'tray.open': '打开 Foyer',
  'tray.quit': '退出 Foyer',
  'tray.linkUp': '已连接到中心',
  'tray.linkDown': '未连接到中心',
  'tray.waiting': '{count} 人等待中',
  'tray.nobodyWaiting': '无人等待',
  'tray.signedOut': '未登录',
  'status.online': '在线',
  'status.busy': '忙碌',
  'status.shortBreak': '小休',
  'status.offline': '离线',
  'stays.title': 'Foyer 仍在运行',
  'stays.body': '有新会话时仍会提醒您。可从托盘图标打开或退出。',
};
