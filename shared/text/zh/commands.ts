import type { commands as commandsEn } from '../en/commands';
import type { Translated } from '../translated';

export const commands: Translated<typeof commandsEn> = {
  'palette.label': '搜索或执行操作',
  'palette.placeholder': '命令、客户，或会话中的文字',
  'palette.found': '结果',
  'palette.none': '没有找到。',

  'keys.title': '键盘快捷键',
  'keys.group.conversation': '会话',
  'keys.group.moving': '移动',
  'keys.group.status': '状态',
  'keys.group.pages': '页面',
  'keys.group.app': '随处可用',
  'keys.group.fixed': '输入与窗口',
  'keys.send': '发送',
  'keys.line': '换行',
  'keys.zoomIn': '放大',
  'keys.zoomOut': '缩小',
  'keys.zoomReset': '原始大小',

  'command.accept': '接受第一个来访会话',
  'command.nextRow': '下一个会话',
  'command.previousRow': '上一个会话',
  'command.nextPane': '下一个窗格',
  'command.previousPane': '上一个窗格',
  'command.settings': '设置：{page}',
};
