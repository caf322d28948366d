import type { why as en } from '../en/why';
import type { Translated } from '../translated';

export const why: Translated<typeof en> = {
  'why.you.default': '分配给您，因为您目前最空闲。',
  'why.you.onlyOne': '分配给您，目前只有您能接待。',
  'why.you.agentPriority': '分配给您，按 {group} 内的客服优先级。',
  'why.you.lastReceptionist': '分配给您，因为上次是您接待 {name}。',
  'why.you.transfer': '分配给您，由 {agent} 转接。',
  'why.you.claim': '由您领取。',
  'why.other.default': '分配给 {agent}，当时最空闲。',
  'why.other.onlyOne': '分配给 {agent}，当时只有该客服能接待。',
  'why.other.agentPriority': '分配给 {agent}，按 {group} 内的客服优先级。',
  'why.other.lastReceptionist': '分配给 {agent}，上次由其接待 {name}。',
  'why.other.transfer': '转接给 {agent}。',
  'why.other.claim': '由 {agent} 领取。',
  'why.runnerUp': '下一位本应是 {agent}。',
  'why.runnerUpYou': '下一位本应是您。',
  'why.skipped': '未询问：{reasons}。',
  'why.join': '，',
  'why.skip.offline_other': '{count} 人离线',
  'why.skip.disconnected_other': '{count} 人未连接',
  'why.skip.busy_other': '{count} 人忙碌',
  'why.skip.shortBreak_other': '{count} 人小休',
  'why.skip.full_other': '{count} 人已满',
  'why.skip.cooling_other': '{count} 人暂停中',
  'why.skip.tried_other': '{count} 人已问过',
  'why.skip.lowerPriority_other': '{count} 人优先级较低',
};
