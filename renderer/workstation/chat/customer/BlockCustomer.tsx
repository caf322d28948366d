import { Button, Checkbox, Modal, SegmentedControl, Text, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { CustomerAddress } from '../../../../shared/protocol/blocks';
import { blockNoteMax } from '../../../../shared/protocol/limits';
import type { ConversationView } from '../../../../shared/protocol/views';
import { isMine } from '../../session/selectors';
import { useIsSupervisor, useIsUp, useMyId, useOffice, useSession } from '../../session/session-context';
import { useAct } from '../../session/use-act';
import { DialogFoot } from '../../ui/DialogFoot';
import { useText } from '../../ui/text';
import { useTimes } from '../../ui/use-times';

const hourMs = 60 * 60_000;
/** The durations offered, by the key of their text. */
const spansMs = {
  'block.hour': hourMs,
  'block.day': 24 * hourMs,
  'block.month': 30 * 24 * hourMs,
  'block.good': null,
} as const;
type Span = keyof typeof spansMs;
const spans = Object.keys(spansMs) as Span[];

/** For the serving agent and supervisors: asks for how long and explains the consequences, or shows the present block. */
export function BlockCustomer({ conversation }: { conversation: ConversationView }) {
  const t = useText();
  const up = useIsUp();
  const myId = useMyId();
  const isSupervisor = useIsSupervisor();
  const [asking, setAsking] = useState(false);
  const { dayAndTime } = useTimes();
  const { customerId, customerName: name, stage } = conversation;
  const block = useOffice((state) => state.blocks.find((each) => each.customerId === customerId));
  if (!isSupervisor && (stage === 'closed' || !isMine(conversation, myId))) return null;
  return (
    <div>
      {block ? (
        <Text size="sm" c="dimmed" mt="lg">
          {block.until === null ? t('block.isForGood') : t('block.isUntil', { time: dayAndTime(block.until) })}
        </Text>
      ) : (
        <Button variant="subtle" color="red" size="compact-sm" mt="lg" disabled={!up} onClick={() => setAsking(true)}>
          {t('block.open')}
        </Button>
      )}
      <Modal opened={asking} onClose={() => setAsking(false)} title={t('block.title', { name })}>
        <BlockForm customerId={customerId} onDone={() => setAsking(false)} />
      </Modal>
    </div>
  );
}

function BlockForm({ customerId, onDone }: { customerId: string; onDone: () => void }) {
  const t = useText();
  const act = useAct();
  const up = useIsUp();
  const session = useSession();
  const reach = useAddress(customerId);
  const isSupervisor = useIsSupervisor();
  const [span, setSpan] = useState<Span>('block.day');
  const [note, setNote] = useState('');
  const [wantsAddress, setWantsAddress] = useState(false);
  /** The hub accepts this from supervisors only. */
  const shutsOutOthers = !isSupervisor && (reach?.others ?? 0) > 0;
  const withAddress = wantsAddress && !shutsOutOthers;
  const addressHelp = (count: number) => {
    if (shutsOutOthers) return t('block.shared', { count });
    return count > 0 ? `${t('block.addressHelp')} ${t('block.others', { count })}` : t('block.addressHelp');
  };
  const block = async () => {
    const answer = session.send({
      op: 'customer.block',
      customerId,
      forMs: spansMs[span],
      address: withAddress,
      note: note.trim(),
    });
    if (await act(answer, t('block.done'))) onDone();
  };
  return (
    <>
      <Text size="sm">{t('block.body')}</Text>
      <SegmentedControl
        fullWidth
        mt="md"
        aria-label={t('block.for')}
        data={spans.map((value) => ({ value, label: t(value) }))}
        value={span}
        onChange={setSpan}
      />
      <TextInput
        mt="md"
        label={t('block.note')}
        maxLength={blockNoteMax}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      {reach?.address ? (
        <Checkbox
          mt="md"
          label={t('block.address', { address: reach.address })}
          description={addressHelp(reach.others)}
          disabled={shutsOutOthers}
          checked={withAddress}
          onChange={(event) => setWantsAddress(event.currentTarget.checked)}
        />
      ) : reach ? (
        <Text size="sm" c="dimmed" mt="md">
          {t('block.noAddress')}
        </Text>
      ) : null}
      <DialogFoot onCancel={onDone}>
        <Button color="red" disabled={!up} onClick={block}>
          {t('block.go')}
        </Button>
      </DialogFoot>
    </>
  );
}

/** Null until the hub has answered. */
function useAddress(customerId: string): CustomerAddress | null {
  const session = useSession();
  const up = useIsUp();
  const [address, setAddress] = useState<CustomerAddress | null>(null);
  useEffect(() => {
    if (!up) return;
    let wanted = true;
    void session.ask({ op: 'customer.address', customerId }).then((answer) => {
      if (wanted && answer.ok) setAddress(answer.result ?? null);
    });
    return () => {
      wanted = false;
    };
  }, [session, up, customerId]);
  return address;
}
