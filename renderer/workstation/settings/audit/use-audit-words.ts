import type { AgentAuth } from '../../../../shared/protocol/agent-wire';
import type { AuditChange, AuditEntry } from '../../../../shared/protocol/audit';
import type { AgentStatus } from '../../../../shared/protocol/fields';
import { isSentence } from '../../../../shared/protocol/sentences';
import { type SettingPath, settingRanges } from '../../../../shared/routing/settings';
import { type TextKey, workstationEn } from '../../../../shared/text/workstation-text';
import { useOffice } from '../../session/session-context';
import { useText } from '../../ui/text';
import { useTimes } from '../../ui/use-times';
import { settingTitles } from '../routing/setting-titles';
import { useValueWords } from '../routing/use-value-words';

type Value = AuditChange['before'];

/** An entry of the audit log in words. */
export function useAuditWords() {
  const t = useText();
  const { dayAndTime } = useTimes();
  const settingWords = useValueWords();
  const blocks = useOffice((state) => state.blocks);
  const isSetting = (path: string): path is SettingPath => path in settingRanges;
  const fieldWords = (field: string): string => {
    // A group's own settings are under `settings`.
    const path = field.replace(/^settings\./, '');
    if (isSetting(path)) return t(settingTitles[path]);
    if (field.startsWith('groups.')) return t('audit.priorityIn', { group: field.slice('groups.'.length) });
    const worded = /^chatPage\.words\.(en|zh)\.(.+)$/.exec(field);
    if (worded !== null && isSentence(worded[2]!)) {
      const language = t(worded[1] === 'zh' ? 'chatPage.language.zh' : 'chatPage.language.en');
      return t('audit.sentenceIn', { sentence: t(`chatPage.sentence.${worded[2]}`), language });
    }
    const key = `audit.field.${field}`;
    return key in workstationEn ? t(key as TextKey) : field;
  };
  const valueWords = (field: string, value: Value): string => {
    const path = field.replace(/^settings\./, '');
    if (isSetting(path))
      return value === null && !path.startsWith('texts.') ? t('audit.nothing') : settingWords(path, value);
    if (value === null || value === '') return t('audit.nothing');
    if (typeof value === 'boolean') return t(value ? 'common.on' : 'common.off');
    if (field === 'signIn') return t(`audit.signIn.${value as AgentAuth['kind']}`);
    if (field === 'until') return value === 'forGood' ? t('blocks.forGood') : dayAndTime(Number(value));
    if (field === 'role') return t(value === 'supervisor' ? 'agents.roleSupervisor' : 'agents.roleAgent');
    if (field === 'status') return t(`status.${value as AgentStatus}`);
    return String(value);
  };
  /** The log stores only customers' ids, so that no names stay in it; a name is known only while they are blocked. */
  const subjectWords = (subject: string | null): string => {
    const name = blocks.find(({ customerId }) => customerId === subject)?.customerName ?? null;
    return name === null ? (subject ?? '…') : `${name} (${subject})`;
  };
  const actors = {
    agent: ({ by }: AuditEntry) => (by.kind === 'agent' ? by.name : ''),
    program: ({ by }: AuditEntry) => (by.kind === 'program' ? by.name : ''),
    hub: () => t('audit.hub'),
    local: () => t('audit.local'),
    unknown: () => t('audit.unknown'),
  };
  return {
    time: ({ at }: AuditEntry) => dayAndTime(at),
    person: (entry: AuditEntry) => actors[entry.by.kind](entry),
    device({ by }: AuditEntry) {
      if (by.kind === 'agent') return by.device;
      return by.kind === 'unknown' ? by.address || t('audit.severalAddresses') : '';
    },
    count: ({ count = 1, lastAt = 0 }: AuditEntry) => t('audit.times', { count, until: dayAndTime(lastAt) }),
    action: ({ action, subject, conversationIds }: AuditEntry) =>
      t(`audit.action.${action}`, { subject: subjectWords(subject), count: conversationIds?.length ?? 0 }),
    changes: ({ changes }: AuditEntry) =>
      changes.map(({ field, before, after }) =>
        t('audit.change', {
          field: fieldWords(field),
          before: valueWords(field, before),
          after: valueWords(field, after),
        }),
      ),
  };
}
