import type { recovery as english } from '../en/recovery';
import type { Translated } from '../translated';

export const recovery: Translated<typeof english> = {
  'recovery.failed': '此电脑上的中枢未在运行',
  'recovery.again': '重试',
  'recovery.trying': '正在启动…',
  'recovery.showFolder': '打开数据文件夹',
  'recovery.damaged': '公司数据已损坏',
  'recovery.damagedHelp':
    'Foyer 已停止，尚未改动任何内容。请选择如何继续。被放弃的内容会保留在“quarantine”文件夹中，不会被删除。',
  'recovery.where': '损坏位置',
  'recovery.line': '{file}，第 {line} 行',
  'recovery.howOn': '如何继续',
  'recovery.cut': '保留损坏之前的全部内容',
  'recovery.snapshot': '从最近一次保存的状态开始',
  'recovery.restore': '恢复备份',
  'recovery.restoreHelp': '备份之后的内容将丢失。下一步选择文件。',
  'recovery.keeps': '保留截至 {when} 的全部内容。',
  'recovery.keepsNothing': '仅保留公司的设置。',
  'recovery.losesNothing': '仍可读取的内容不会丢失。',
  'recovery.loses_other': '之后的 {count} 条记录将丢失。',
  'recovery.least': '损失最少',
  'recovery.go': '以此方式启动',
  'recovery.goRestore': '选择备份…',
  'recovery.didNotWork': '未能成功：{reason}',
  'recovery.passphrase': '备份的口令',
  'recovery.passphraseHelp': '此备份设有口令，由制作者选定。',
  'recovery.openBackup': '恢复此备份',
  'recovery.wrongPassphrase': '口令与此备份不符，未作任何改动。',
  'recovery.have': '已有公司的备份？',
  'recovery.haveHelp': '可在此恢复：客服、设置和会话将还原为备份时的样子。',
  'recovery.afterwards': '之后各工作台和客户页面会自动同步。',
};
