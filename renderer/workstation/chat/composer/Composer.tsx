import {
  type ClipboardEvent,
  type KeyboardEvent,
  type RefObject,
  useEffect,
  useEffectEvent,
  useLayoutEffect,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react';
import { pastedFiles } from '../../../../shared/client/draft-files';
import { messageTextMax } from '../../../../shared/protocol/limits';
import type { AgentView } from '../../../../shared/protocol/views';
import type { MessageKind } from '../../session/office-state';
import { useMyId, useRow, useSession, useTable } from '../../session/session-context';
import { isComposing } from '../../ui/composing';
import { useText } from '../../ui/text';
import classes from './Composer.module.css';
import { ComposerBar } from './ComposerBar';
import { DraftFileList } from './DraftFileList';
import { EarlierWords } from './EarlierWords';
import { KindSwitch } from './KindSwitch';
import { colleaguesFor, mentionedIn } from './mentions';
import { SuggestionList } from './SuggestionList';
import { useSuggestions } from './use-suggestions';

interface ComposerProps {
  conversationId: string;
  customerName: string;
  /** The first one is preselected. */
  kinds: readonly [MessageKind, ...MessageKind[]];
}

/** Writes a reply to the customer or a note to colleagues; each keeps its own draft. */
export function Composer({ kinds, ...props }: ComposerProps) {
  const [chosen, setChosen] = useState<MessageKind>(kinds[0]);
  const kind = kinds.includes(chosen) ? chosen : kinds[0];
  useOnFile(props.conversationId, () => setChosen('reply'));
  return (
    <div className={classes.composer} data-kind={kind}>
      <KindSwitch kind={kind} kinds={kinds} onKind={setChosen} />
      <Writing key={kind} kind={kind} focused={kinds.includes('reply')} {...props} />
    </div>
  );
}

/** Files go to the customer: dropped or pasted while a note is written, they switch the composer to the reply. */
function useOnFile(conversationId: string, added: () => void) {
  const { fileDrafts } = useSession();
  const count = useSyncExternalStore(fileDrafts.subscribe, () => fileDrafts.of(conversationId).files.length);
  const before = useRef(count);
  const tell = useEffectEvent(added);
  useEffect(() => {
    if (count > before.current) tell();
    before.current = count;
  }, [count]);
}

interface WritingProps extends Omit<ComposerProps, 'kinds'> {
  kind: MessageKind;
  /** Takes the focus when it appears. */
  focused: boolean;
}

/** A reply has text, files or both, a note has text. Enter does not send while an input method is composing a word. */
function Writing({ conversationId, customerName, kind, focused }: WritingProps) {
  const t = useText();
  const session = useSession();
  const isNote = kind === 'note';
  const drafts = session.drafts[kind];
  const text = useSyncExternalStore(drafts.subscribe, () => drafts.read(conversationId));
  const box = useRef<HTMLTextAreaElement>(null);
  const draftFiles = session.fileDrafts.of(conversationId);
  const files = useSyncExternalStore(session.fileDrafts.subscribe, () => draftFiles.files);
  const over = text.length - messageTextMax;
  const ready = isNote ? text.trim() !== '' : (text.trim() !== '' || files.length > 0) && draftFiles.ready;
  const isSendable = ready && over <= 0;

  useHeightOf(box, text);
  useEffect(() => {
    if (focused) box.current?.focus({ preventScroll: true });
  }, [focused]);

  const colleagues = useColleagues(conversationId, isNote);
  const suggestions = useSuggestions({ conversationId, box, text, colleagues });
  const send = () => {
    if (!isSendable) return;
    if (isNote) session.addNote(conversationId, text.trim(), mentionedIn(text, colleagues));
    else session.reply(conversationId, text.trim(), draftFiles.take());
    box.current?.focus();
  };
  const pressed = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (suggestions.pressed(event)) return;
    if (event.key !== 'Enter' || event.shiftKey || event.ctrlKey || event.altKey || event.metaKey) return;
    if (isComposing(event.nativeEvent)) return;
    event.preventDefault();
    send();
  };
  const pasted = (event: ClipboardEvent) => {
    const added = pastedFiles(event.clipboardData);
    if (added.length === 0) return;
    event.preventDefault();
    draftFiles.add(added);
  };
  return (
    <>
      <EarlierWords
        conversationId={conversationId}
        kind={kind}
        onInsert={(words) => suggestions.insert(text.trim() === '' ? words : `\n${words}`)}
      />
      <SuggestionList {...suggestions} />
      <textarea
        ref={box}
        className={classes.text}
        rows={1}
        dir="auto"
        aria-label={t(isNote ? 'note.label' : 'composer.label', { name: customerName })}
        placeholder={t(isNote ? 'note.placeholder' : 'composer.placeholder', { name: customerName })}
        value={text}
        aria-invalid={over > 0}
        {...suggestions.field}
        onChange={({ currentTarget: { value, selectionStart } }) => {
          suggestions.typed(selectionStart, value);
          drafts.write(conversationId, value);
          if (!isNote) session.typed(conversationId, value);
        }}
        onKeyDown={pressed}
        onPaste={pasted}
      />
      {isNote ? null : <DraftFileList draft={draftFiles} />}
      <ComposerBar
        isNote={isNote}
        over={over}
        isSendable={isSendable}
        onAskForCanned={suggestions.ask}
        onInsert={suggestions.insert}
        onFiles={(added) => {
          draftFiles.add(added);
          box.current?.focus();
        }}
        onSend={send}
      />
    </>
  );
}

/** The field grows with its text. */
function useHeightOf(box: RefObject<HTMLTextAreaElement | null>, text: string) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: the height follows the text
  useLayoutEffect(() => {
    const area = box.current;
    if (!area) return;
    // Its own height alone: the least height is another in a low window.
    area.style.minHeight = '0';
    area.style.height = 'auto';
    area.style.height = `${area.scrollHeight}px`;
    area.style.minHeight = '';
  }, [text]);
}

const nobody: readonly AgentView[] = [];

/** The colleagues that a note in this conversation may mention; none for a reply. */
function useColleagues(conversationId: string, isNote: boolean): readonly AgentView[] {
  const myId = useMyId();
  const agents = useTable('agents');
  const conversation = useRow('conversations', conversationId);
  return isNote && conversation ? colleaguesFor(agents.values(), conversation, myId) : nobody;
}
