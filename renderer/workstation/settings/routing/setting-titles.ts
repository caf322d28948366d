import type { SettingPath } from '../../../../shared/routing/settings';
import type { TextKey } from '../../../../shared/text/workstation-text';

/** The name of each setting outside its form. */
export const settingTitles: Record<SettingPath, TextKey> = {
  'routing.agentPriority': 'settings.agentPriority',
  'routing.lastReceptionist': 'settings.lastReceptionist',
  'routing.lastReceptionistDays': 'settings.lastReceptionistDays',
  'routing.lastReceptionistHoldSeconds': 'settings.lastReceptionistHold',
  'routing.priorityHoldSeconds': 'settings.priorityHold',
  'routing.agentsMayClaim': 'settings.agentsMayClaim',
  'routing.claimBeyondCapacity': 'settings.claimBeyondCapacity',
  'routing.transferBeyondCapacity': 'settings.transferBeyondCapacity',
  'reception.automatic': 'settings.automatic',
  'reception.agentMayChoose': 'settings.agentMayChoose',
  'reception.redirect.enabled': 'settings.redirect',
  'reception.redirect.afterSeconds': 'settings.redirect',
  'reception.shortBreak.enabled': 'settings.shortBreak',
  'reception.shortBreak.afterSeconds': 'settings.shortBreak',
  'reception.shortBreak.misses': 'settings.shortBreakMisses',
  'reception.shortBreak.endAfterSeconds': 'settings.shortBreakEnd',
  'reception.maxRedirects': 'settings.maxRedirects',
  'reception.roundPauseSeconds': 'settings.roundPause',
  'presence.offerGraceSeconds': 'settings.offerGrace',
  'presence.conversationGraceSeconds': 'settings.conversationGrace',
  'queue.maxWaitSeconds': 'settings.maxWait',
  'queue.afterMaxWait': 'settings.afterMaxWait',
  'queue.whenNobodyOnline': 'settings.whenNobodyOnline',
  wrapUpSeconds: 'settings.wrapUp',
  customerSilenceSeconds: 'settings.customerSilence',
  'texts.redirected': 'settings.textRedirected',
  'texts.outsideHours': 'settings.textOutsideHours',
  'texts.silenceNotice': 'settings.textSilence',
};
