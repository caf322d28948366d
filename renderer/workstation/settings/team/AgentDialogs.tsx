import { Modal } from '@mantine/core';
import type { AgentView } from '../../../../shared/protocol/views';
import { useSession } from '../../session/session-context';
import { useText } from '../../ui/text';
import { AgentDevices } from './AgentDevices';
import { AgentForm } from './AgentForm';
import type { AgentEditing } from './agent-editing';
import { CodeDialog } from './CodeDialog';
import { ConfirmAgent } from './ConfirmAgent';

interface DialogsProps {
  editing: AgentEditing | null;
  onEdit: (editing: AgentEditing | null) => void;
}

/** The dialog in which an agent is added, or something is done to one. */
export function AgentDialogs({ editing, onEdit }: DialogsProps) {
  const t = useText();
  const { store } = useSession();
  const agent =
    editing !== null && editing.kind !== 'add' ? (store.getState().agents.get(editing.agentId) ?? null) : null;
  const opened = editing !== null && (editing.kind === 'add' || agent !== null);
  const name = agent?.name ?? '';
  const titles = {
    add: t('agents.add'),
    edit: t('agents.edit', { name }),
    code: t('agents.codeTitle', { name }),
    devices: t('agents.devicesOf', { name }),
    revoke: t('agents.revokeTitle', { name }),
    remove: t('agents.removeTitle', { name }),
  };
  const done = () => onEdit(null);
  return (
    <Modal opened={opened} onClose={done} title={editing === null ? '' : titles[editing.kind]}>
      {editing?.kind === 'add' ? (
        <AgentForm agent={null} onDone={done} onAdded={(agentId) => onEdit({ kind: 'code', agentId })} />
      ) : null}
      {editing && editing.kind !== 'add' && agent ? <About agent={agent} kind={editing.kind} onDone={done} /> : null}
    </Modal>
  );
}

interface AboutProps {
  agent: AgentView;
  kind: Exclude<AgentEditing['kind'], 'add'>;
  onDone: () => void;
}

function About({ agent, kind, onDone }: AboutProps) {
  const t = useText();
  switch (kind) {
    case 'edit':
      return <AgentForm agent={agent} onDone={onDone} />;
    case 'code':
      return <CodeDialog agent={agent} onDone={onDone} />;
    case 'devices':
      return <AgentDevices agentId={agent.agentId} help={t('agents.devicesHelp')} />;
    case 'revoke':
    case 'remove':
      return <ConfirmAgent kind={kind} agent={agent} onDone={onDone} />;
  }
}
