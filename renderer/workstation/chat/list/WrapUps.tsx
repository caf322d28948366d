import { Button, Group, TextInput } from '@mantine/core';
import { IconPencilCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { messageTextMax } from '../../../../shared/protocol/limits';
import type { ConversationView } from '../../../../shared/protocol/views';
import { Until } from '../../session/Figures';
import { settingsFor } from '../../session/reception';
import { useIsUp, useMyId, useOffice, useSession } from '../../session/session-context';
import { useAct } from '../../session/use-act';
import { useSave } from '../../session/use-save';
import { Sentence } from '../../ui/Sentence';
import { useText } from '../../ui/text';
import { TagSelect } from '../customer/TagSelect';
import classes from './Row.module.css';

/** WU1: the agent's own wrap-ups, shown because each uses capacity. */
export function WrapUps() {
  const myId = useMyId();
  const wrapUps = useOffice((state) => state.agents.get(myId)?.wrapUps);
  return wrapUps?.map((conversationId) => <WrapUpRow key={conversationId} conversationId={conversationId} />);
}

function WrapUpRow({ conversationId }: { conversationId: string }) {
  const t = useText();
  const act = useAct();
  const up = useIsUp();
  const session = useSession();
  const conversation = useOffice(
    (state) => state.conversations.get(conversationId) ?? state.recentlyGone.get(conversationId) ?? null,
  );
  const since = useOffice((state) => state.wrapUpSince.get(conversationId) ?? null);
  const seconds = useOffice((state) =>
    conversation ? (settingsFor(state, conversation.groupId)?.wrapUpSeconds ?? null) : null,
  );
  const name = conversation?.customerName ?? t('wrapUp.unknown');
  return (
    <section className={classes.row} data-stacked="true" aria-label={t('wrapUp.label', { name })}>
      <div className={classes.main}>
        <span className={classes.place}>
          <IconPencilCheck size={17} aria-hidden="true" />
        </span>
        <span className={classes.words}>
          <span className={classes.name} dir="auto">
            {name}
          </span>
          <span className={classes.text} data-whole="true">
            {since === null || seconds === null ? (
              t('wrapUp.using')
            ) : (
              <Sentence text="wrapUp.usingFor" slots={{ time: <Until at={since + seconds * 1000} /> }} />
            )}
          </span>
        </span>
        <Button
          size="compact-xs"
          variant="default"
          disabled={!up}
          aria-label={t('wrapUp.doneLabel', { name })}
          onClick={() => act(session.send({ op: 'wrapUp.done', conversationId }))}
        >
          {t('wrapUp.done')}
        </Button>
      </div>
      {conversation ? <WrapUpLabels conversation={conversation} /> : null}
    </section>
  );
}

/** A note and tags for what has ended. The hub tells no more of it, so what is saved is kept here. */
function WrapUpLabels({ conversation }: { conversation: ConversationView }) {
  const t = useText();
  const act = useAct();
  const session = useSession();
  const { isUp, isBusy, save } = useSave();
  const hasTags = useOffice((state) => (state.office?.tags ?? []).length > 0);
  const { conversationId, customerName: name } = conversation;
  const [tags, setTags] = useState<readonly string[]>(conversation.tags);
  const [note, setNote] = useState('');
  const text = note.trim();
  const tag = async (next: string[]) => {
    if (await act(session.send({ op: 'conversation.tag', conversationId, tags: next }))) setTags(next);
  };
  const add = async () => {
    if (text === '') return;
    if (await save(() => session.send({ op: 'note.add', conversationId, text }), t('wrapUp.noted'))) setNote('');
  };
  return (
    <form
      className={classes.below}
      onSubmit={(event) => {
        event.preventDefault();
        void add();
      }}
    >
      {hasTags ? <TagSelect tags={tags} disabled={!isUp} onChange={(next) => void tag(next)} /> : null}
      <Group gap={6} mt={6} wrap="nowrap">
        <TextInput
          size="xs"
          flex={1}
          aria-label={t('wrapUp.noteLabel', { name })}
          placeholder={t('wrapUp.notePlaceholder')}
          maxLength={messageTextMax}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        <Button size="compact-xs" type="submit" variant="default" disabled={!isUp || isBusy || text === ''}>
          {t('wrapUp.addNote')}
        </Button>
      </Group>
    </form>
  );
}
