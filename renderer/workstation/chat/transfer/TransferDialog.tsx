import { Button, Modal, Text, Textarea, TextInput, UnstyledButton } from '@mantine/core';
import { IconSearch, IconUsersGroup } from '@tabler/icons-react';
import { useState } from 'react';
import { transferNoteMax } from '../../../../shared/protocol/limits';
import type { AgentView, ConversationView, GroupView } from '../../../../shared/protocol/views';
import type { OfficeState } from '../../session/office-state';
import { useIsSupervisor, useMyId, useSession, useTable } from '../../session/session-context';
import { useAct } from '../../session/use-act';
import { Avatar } from '../../ui/Avatar';
import { DialogFoot } from '../../ui/DialogFoot';
import { StatusMark } from '../../ui/StatusMark';
import { useText } from '../../ui/text';
import classes from './TransferDialog.module.css';
import { type TransferTargets, transferTargets } from './transfer-targets';

type Target = { agentId: string } | { groupId: string };

interface DialogProps {
  conversation: ConversationView;
  opened: boolean;
  onClose: () => void;
}

export function TransferDialog({ conversation, opened, onClose }: DialogProps) {
  const t = useText();
  return (
    <Modal opened={opened} onClose={onClose} title={t('transfer.title', { name: conversation.customerName })}>
      <TransferForm conversation={conversation} onClose={onClose} />
    </Modal>
  );
}

function TransferForm({ conversation, onClose }: Omit<DialogProps, 'opened'>) {
  const t = useText();
  const act = useAct();
  const session = useSession();
  const myId = useMyId();
  const [search, setSearch] = useState('');
  const [target, setTarget] = useState<Target | null>(null);
  const [note, setNote] = useState('');
  const team = { agents: useTable('agents'), groups: useTable('groups') };
  const { agents, groups } = transferTargets(team, conversation, myId, search);
  const warning = useWarning(target);
  // CP2: a supervisor may exceed the capacity by hand.
  const force = useIsSupervisor() && isFull(team.agents, target);

  const go = async () => {
    if (!target) return;
    const { conversationId } = conversation;
    const trimmed = note.trim();
    const name = 'agentId' in target ? team.agents.get(target.agentId)?.name : team.groups.get(target.groupId)?.name;
    const done = await act(
      session.send({
        op: 'conversation.transfer',
        conversationId,
        to: target,
        ...(trimmed === '' ? {} : { note: trimmed }),
        ...(force ? { force } : {}),
      }),
      t('agentId' in target ? 'transfer.sent' : 'transfer.queued', { name: name ?? '' }),
    );
    if (done) onClose();
  };
  return (
    <>
      <TextInput
        aria-label={t('transfer.search')}
        placeholder={t('transfer.search')}
        leftSection={<IconSearch size={16} aria-hidden="true" />}
        value={search}
        onChange={(event) => setSearch(event.currentTarget.value)}
        data-autofocus
      />
      <TargetList agents={agents} groups={groups} isFiltered={search !== ''} target={target} onTarget={setTarget} />
      <Textarea
        label={t('transfer.note')}
        placeholder={t('transfer.notePlaceholder')}
        maxLength={transferNoteMax}
        rows={2}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      {warning ? (
        <p className={classes.warning} role="status">
          {warning}
        </p>
      ) : null}
      <DialogFoot onCancel={onClose}>
        <Button disabled={target === null} onClick={go}>
          {t(warning ? 'transfer.anyway' : 'transfer.go')}
        </Button>
      </DialogFoot>
    </>
  );
}

interface TargetListProps extends TransferTargets {
  isFiltered: boolean;
  target: Target | null;
  onTarget: (target: Target) => void;
}

function TargetList({ agents, groups, isFiltered, target, onTarget }: TargetListProps) {
  const t = useText();
  return (
    <div className={classes.targets} role="radiogroup" aria-label={t('transfer.to')}>
      {agents.length > 0 ? <h3>{t('transfer.agents')}</h3> : null}
      {agents.map((agent) => (
        <AgentOption
          key={agent.agentId}
          agent={agent}
          checked={target !== null && 'agentId' in target && target.agentId === agent.agentId}
          onCheck={() => onTarget({ agentId: agent.agentId })}
        />
      ))}
      {groups.length > 0 ? <h3>{t('transfer.groups')}</h3> : null}
      {groups.map(({ group, online }) => (
        <GroupOption
          key={group.groupId}
          group={group}
          online={online}
          checked={target !== null && 'groupId' in target && target.groupId === group.groupId}
          onCheck={() => onTarget({ groupId: group.groupId })}
        />
      ))}
      {agents.length + groups.length === 0 ? (
        <Text size="sm" c="dimmed" p="sm">
          {t(isFiltered ? 'transfer.noMatch' : 'transfer.none')}
        </Text>
      ) : null}
    </div>
  );
}

function isFull(agents: OfficeState['agents'], target: Target | null): boolean {
  const agent = target !== null && 'agentId' in target ? agents.get(target.agentId) : undefined;
  return agent !== undefined && agent.load >= agent.capacity;
}

/** TR2, ST1: warns if the conversation would ring at a busy or full agent, or wait in a group with no agent online. */
function useWarning(target: Target | null): string | null {
  const t = useText();
  const agents = useTable('agents');
  const groups = useTable('groups');
  if (target === null) return null;
  if ('agentId' in target) {
    const agent = agents.get(target.agentId);
    if (agent?.status === 'busy') return t('transfer.busyWarning', { name: agent.name });
    return agent && isFull(agents, target) ? t('transfer.fullWarning', { name: agent.name }) : null;
  }
  const group = groups.get(target.groupId);
  const staffed = [...agents.values()].some(
    (agent) => isThere(agent) && agent.groups.some(({ groupId }) => groupId === target.groupId),
  );
  return group && !staffed ? t('transfer.emptyWarning', { name: group.name }) : null;
}

const isThere = (agent: AgentView) => agent.connected && agent.status === 'online';

interface OptionProps {
  checked: boolean;
  onCheck: () => void;
}

function AgentOption({ agent, checked, onCheck }: OptionProps & { agent: AgentView }) {
  const t = useText();
  const { name, status, connected, load, capacity } = agent;
  const full = load >= capacity;
  return (
    <UnstyledButton className={classes.option} role="radio" aria-checked={checked} onClick={onCheck}>
      <Avatar name={name} size={28} />
      <span className={classes.name}>{name}</span>
      <span className={classes.detail}>
        {full ? t('transfer.full') : t('transfer.load', { load, capacity })}
        <StatusMark status={status} gone={!connected} />
        {t(connected || status === 'offline' ? `status.${status}` : 'status.disconnected')}
      </span>
    </UnstyledButton>
  );
}

function GroupOption({ group, online, checked, onCheck }: OptionProps & { group: GroupView; online: number }) {
  const t = useText();
  return (
    <UnstyledButton className={classes.option} role="radio" aria-checked={checked} onClick={onCheck}>
      <span className={classes.groupIcon}>
        <IconUsersGroup size={16} aria-hidden="true" />
      </span>
      <span className={classes.name}>{group.name}</span>
      <span className={classes.detail}>{t('transfer.groupOnline', { count: online })}</span>
    </UnstyledButton>
  );
}
