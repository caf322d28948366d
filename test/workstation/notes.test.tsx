// @vitest-environment happy-dom
import { afterEach, expect, it } from 'vitest';
import { Composer } from '../../renderer/workstation/chat/composer/Composer';
import { MineRow } from '../../renderer/workstation/chat/list/MineRow';
import { MessageList } from '../../renderer/workstation/chat/thread/MessageList';
import { CommandCentre } from '../../renderer/workstation/shell/commands/CommandCentre';
import { useCommandContext } from '../../renderer/workstation/shell/commands/use-command-context';
import type { Language } from '../../shared/protocol/fields';
import { agent, conversation, message } from './office';
import { Stage } from './stage';

const nowhere = { openPage() {}, openSettings() {}, openPast() {}, openDialog() {} };

function Keyboard() {
  return <CommandCentre context={useCommandContext(nowhere)} dialog={null} onClose={() => {}} />;
}

let stage: Stage;

afterEach(() => stage.close());

const mine = conversation('c1', { stage: 'active', agentId: 'me' });
const note = (text: string, agentId = 'li') =>
  message(text, { from: { kind: 'note', agentId, name: agentId === 'me' ? 'me' : 'Li' } });

function open(language: Language = 'en') {
  stage = new Stage(
    <>
      <Keyboard />
      <MessageList conversation={mine} />
      <Composer conversationId="c1" customerName="Mei Chen" kinds={['reply', 'note']} />
    </>,
    { language },
  );
  stage.tell({ name: 'agent.changed', agent: agent('me') }, { name: 'conversation.changed', conversation: mine });
}

it('keeps a reply and a note apart, and sends each as what it is', () => {
  open();
  stage.type('Reply to Mei Chen', 'Good morning');
  stage.press('Note');
  stage.type('Note about Mei Chen', 'Three are left');
  stage.press('Reply');
  expect(stage.named<HTMLTextAreaElement>('Reply to Mei Chen').value).toBe('Good morning');
  stage.press('Note');
  stage.press('Add note');
  expect(stage.sent('note.add')).toMatchObject({ conversationId: 'c1', text: 'Three are left' });
  expect(stage.sent('message.send')).toBeUndefined();
  expect(stage.named<HTMLTextAreaElement>('Note about Mei Chen').value).toBe('');
  stage.press('Reply');
  expect(stage.named<HTMLTextAreaElement>('Reply to Mei Chen').value).toBe('Good morning');
});

it('a conversation that is not open shows the draft of a note, too, after that of a reply', () => {
  stage = new Stage(
    <>
      <MineRow conversationId="c1" />
      <Composer conversationId="c1" customerName="Mei Chen" kinds={['reply', 'note']} />
    </>,
  );
  stage.tell({ name: 'conversation.changed', conversation: mine });
  stage.press('Note');
  stage.type('Note about Mei Chen', 'Three are left');
  expect(document.querySelector('[aria-label^="Mei Chen,"]')?.textContent).toContain('Three are left');
  stage.press('Reply');
  stage.type('Reply to Mei Chen', 'Good morning');
  expect(document.querySelector('[aria-label^="Mei Chen,"]')?.textContent).toContain('Good morning');
});

it('switches from the keyboard, there and back, with the focus in the box', () => {
  open();
  for (const label of ['Note about Mei Chen', 'Reply to Mei Chen']) {
    stage.key('m', { ctrlKey: true, shiftKey: true });
    expect(document.activeElement?.getAttribute('aria-label')).toBe(label);
  }
});

it.each([
  ['en', 'Note · only the team sees this'],
  ['zh', '备注 · 仅团队可见'],
] as const)('shows a note apart from what was said, with its writer, in %s', (language, mark) => {
  open(language);
  stage.tell({ name: 'message.added', message: message('Is it there?') });
  stage.tell({ name: 'message.added', message: note('Three are left') });
  const drawn = document.querySelector('[data-note="true"]')?.textContent;
  expect(drawn).toContain(mark);
  expect(drawn).toContain('Three are left');
  expect(drawn).toContain('Li ·');
  expect(drawn).not.toContain('Is it there?');
});

it('shows an own note at once, once, and keeps it with Retry when it is refused', async () => {
  open();
  stage.press('Note');
  stage.type('Note about Mei Chen', 'Three are left');
  stage.press('Add note');
  stage.tell({
    name: 'message.added',
    message: message('m2', { from: { kind: 'agent', agentId: 'me', name: 'me' }, text: 'Three are left' }),
  });
  expect(stage.text.split('Three are left')).toHaveLength(3);
  const { cid } = stage.sent('note.add') as { cid: string };
  stage.tell({ name: 'message.added', message: { ...note('Three are left', 'me'), cid } });
  expect(stage.text.split('Three are left')).toHaveLength(3);
  stage.type('Note about Mei Chen', 'Two are left');
  stage.press('Add note');
  await stage.answer('note.add', { type: 'refused', code: 'notAllowed', message: 'no' });
  stage.press('Retry');
  expect(stage.sent('note.add')).toMatchObject({ text: 'Two are left' });
});

function openNote() {
  open();
  stage.tell(
    { name: 'agent.changed', agent: agent('ana', { name: 'Ana Silva' }) },
    { name: 'agent.changed', agent: agent('ann', { name: 'Ana', connected: false }) },
    { name: 'agent.changed', agent: agent('wang', { name: '王芳', role: 'supervisor', groups: [] }) },
    { name: 'agent.changed', agent: agent('eve', { name: 'Eve', groups: [{ groupId: 'g2', priority: 1 }] }) },
  );
  stage.press('Note');
}

const offered = () => [...document.querySelectorAll('[role="option"] > :first-child')].map((each) => each.textContent);

it('calls colleagues with @: those who may see it, who is there first, by name or pinyin', () => {
  openNote();
  const field = 'Note about Mei Chen';
  stage.type(field, 'Look, @');
  expect(offered()).toEqual(['Ana Silva', '王芳', 'Ana']);
  stage.type(field, 'Look, @wf');
  expect(offered()).toEqual(['王芳']);
  stage.key('Enter');
  expect(stage.named<HTMLTextAreaElement>(field).value).toBe('Look, @王芳 ');
  stage.type(field, 'Look, @王芳 and @Ana Silva');
  stage.press('Add note');
  expect(stage.sent('note.add')).toMatchObject({ mentions: ['ana', 'wang'] });
});

it('calls nobody in a reply, and nobody who was taken out again', () => {
  openNote();
  stage.type('Note about Mei Chen', '@王芳 no');
  stage.type('Note about Mei Chen', 'no');
  stage.press('Add note');
  expect(stage.sent('note.add')).not.toHaveProperty('mentions');
  stage.press('Reply');
  stage.type('Reply to Mei Chen', '@');
  expect(offered()).toEqual([]);
});

it('who may not see it any more is not called again with Retry', async () => {
  openNote();
  stage.type('Note about Mei Chen', '@Ana Silva, look');
  stage.press('Add note');
  expect(stage.sent('note.add')).toMatchObject({ mentions: ['ana'] });
  await stage.answer('note.add', { type: 'refused', code: 'unknownMention', message: 'no' });
  expect(stage.text).toContain('may not see this conversation');
  stage.press('Retry');
  expect(stage.sent('note.add')).toMatchObject({ text: '@Ana Silva, look' });
  expect(stage.sent('note.add')).not.toHaveProperty('mentions');
});

it('says above a note that it calls its reader', () => {
  open();
  const from = { kind: 'note', agentId: 'li', name: 'Li' } as const;
  stage.tell({ name: 'message.added', message: message('m1', { from: { ...from, mentions: ['me'] }, text: '@me' }) });
  expect(document.querySelector('[data-note="true"]')?.textContent).toContain('Note for you');
});
