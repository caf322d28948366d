import { UnstyledButton } from '@mantine/core';
import { memo } from 'react';
import { Since } from '../../session/Figures';
import {
  useAgentName,
  useGroupName,
  useIsSupervisor,
  useLists,
  useOffice,
  useRow,
  useSession,
  useTable,
} from '../../session/session-context';
import { Avatar } from '../../ui/Avatar';
import { useText } from '../../ui/text';
import classes from './ConversationList.module.css';
import row from './Row.module.css';
import { useHeldOrder } from './use-held-order';

/** To read along, see the record or take over: what assistants have; for supervisors also what colleagues have. */
export function ServedRows({ held }: { held: boolean }) {
  const t = useText();
  const supervisor = useIsSupervisor();
  const all = useHeldOrder(useLists().served, held);
  const conversations = useTable('conversations');
  const served = supervisor ? all : all.filter((id) => conversations.get(id)?.stage === 'assisted');
  if (served.length === 0) return null;
  return (
    <section aria-label={t('list.served')}>
      <h2 className={classes.head}>
        {t('list.served')} <span>{served.length}</span>
      </h2>
      {served.map((id) => (
        <ServedRow key={id} conversationId={id} />
      ))}
    </section>
  );
}

const ServedRow = memo(function ServedRow({ conversationId }: { conversationId: string }) {
  const t = useText();
  const session = useSession();
  const agentName = useAgentName();
  const conversation = useRow('conversations', conversationId);
  const selected = useOffice((state) => state.selectedId === conversationId);
  const group = useGroupName(conversation?.groupId ?? '');
  const assistant = useOffice((state) => state.groups.get(conversation?.groupId ?? '')?.assistant?.name ?? '');
  if (!conversation) return null;
  const { customerName, stage, agentId, since, overdue, unansweredSince } = conversation;
  const isLate = overdue === 'supervisors' && unansweredSince !== null;
  const name = stage === 'assisted' ? assistant : agentName(agentId);
  const detail = t(isLate ? 'list.noAnswerOf' : 'list.servedBy', { name });

  return (
    <div className={row.row} data-selected={selected}>
      <UnstyledButton
        className={row.main}
        aria-current={selected ? 'true' : undefined}
        aria-label={t('list.rowLabel', { name: customerName, group, detail })}
        onClick={() => session.select(conversationId)}
      >
        <Avatar name={customerName} />
        <span className={row.words}>
          <span className={row.top}>
            <span className={row.name} dir="auto">
              {customerName}
            </span>
            <span className={row.time} data-late={isLate}>
              <Since at={isLate ? unansweredSince : since} />
            </span>
          </span>
          <span className={row.bottom}>
            <span className={`${row.text} ${isLate ? row.hurry : ''}`}>
              {group} · {detail}
            </span>
          </span>
        </span>
      </UnstyledButton>
    </div>
  );
});
