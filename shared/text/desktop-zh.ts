import type { DesktopText } from './desktop-en';

/** The desktop shell in simplified Chinese. */
export const desktopZh: DesktopText = {
  'tray.open': '打开 Foyer',
  'tray.quit': '退出 Foyer',
  'tray.linkUp': '已连接到中枢',
  'tray.linkDown': '未连接到中枢',
  'tray.waiting': '{count} 人等待中',
  'tray.nobodyWaiting': '无人等待',
  'tray.signedOut': '未登录',
  'status.online': '在线',
  'status.busy': '忙碌',
  'status.shortBreak': '小休',
  'status.offline': '离线',
  'quit.title': '要退出中枢所在电脑上的 Foyer 吗？',
  'quit.body':
    '中枢会随之停止。当前连接：其他电脑上的同事 {colleagues} 人，客户 {customers} 人。不会丢失任何内容，再次启动 Foyer 后他们会自动恢复连接。',
  'quit.go': '退出',
  'quit.stay': '继续运行',
  'reset.title': '要重新设置主管口令吗？',
  'reset.body': '原口令随即失效。用新口令登录的人就是主管。审计日志会记录这次更改。',
  'reset.go': '重新设置',
  'reset.stay': '取消',
  'reload.title': '此窗口反复停止工作',
  'reload.body': '可能是其中显示的内容过大，例如一张很大的图片。没有内容丢失：已写的内容会保留，中枢继续运行。',
  'reload.go': '重新载入',
  'reload.stay': '暂不',
  'link.title': '要打开 {host} 吗？',
  'link.go': '打开',
  'link.stay': '取消',
  'stays.title': 'Foyer 仍在运行',
  'stays.body': '有新会话时仍会提醒您。可从托盘图标打开或退出。',
};
