import { type AgentStatus, agentStatus } from '../../../shared/protocol/fields';
import type { FoundConversation } from '../../../shared/protocol/history';
import type { Text } from '../../../shared/text/workstation-text';
import type { Dialog, Page } from '../navigation/pages';
import { isTabFor, type SettingsTab, settingsTabs } from '../navigation/settings-tabs';
import type { ConversationLists } from '../session/selectors';
import type { AgentCommand, Session } from '../session/session';
import { findButton } from './command-button';
import { focusPane } from './panes';
import type { Shortcut } from './shortcut';

/** What a command may read and call. */
export interface CommandContext {
  session: Session;
  lists: ConversationLists;
  supervisor: boolean;
  up: boolean;
  status: AgentStatus;
  openPage(page: Page): void;
  openSettings(tab: SettingsTab): void;
  openDialog(dialog: Dialog): void;
  /** Whether this is the desktop app, not a browser. */
  desktop: boolean;
  openPast(past: FoundConversation): void;
  /** Shows a refusal as a toast; resolves to whether the command was acknowledged. */
  send(command: AgentCommand): Promise<boolean>;
  /** Resolves to whether it was acknowledged; false also while it is being accepted already. */
  accept(offerId: string): Promise<boolean>;
}

export const commandGroups = ['conversation', 'moving', 'status', 'pages', 'app'] as const;

export interface Command {
  id: string;
  group: (typeof commandGroups)[number];
  label(t: Text): string;
  shortcut?: Shortcut;
  /** Left out of the palette: useful only as a shortcut. */
  keyOnly?: boolean;
  possible(context: CommandContext): boolean;
  run(context: CommandContext): void;
}

const always = () => true;

/** Every command: the palette, the sheet of shortcuts and the key handling come from this table. */
export const commands: readonly Command[] = [
  {
    id: 'offer.accept',
    group: 'conversation',
    label: (t) => t('command.accept'),
    shortcut: { key: 'Enter', mod: true },
    possible: ({ lists, up }) => up && lists.incoming.length > 0,
    run: (context) => void acceptFirst(context),
  },
  byButton('composer.switch', (t) => t('composer.switch'), { key: 'm', mod: true, shift: true }),
  byButton('canned.ask', (t) => t('canned.ask')),
  byButton('emoji.pick', (t) => t('emoji.pick')),
  byButton('files.pick', (t) => t('files.pick')),
  byButton('conversation.transfer', (t) => t('conversation.transfer'), { key: 'h', mod: true, shift: true }),
  byButton('conversation.takeOver', (t) => t('conversation.takeOver')),
  byButton('conversation.close', (t) => t('conversation.closeLabel'), { key: 'x', mod: true, shift: true }),
  byButton('conversation.keepOpen', (t) => t('conversation.keepOpen')),
  byButton('messages.newest', (t) => t('conversation.newer'), { key: 'End', alt: true }),
  byButton('hit.next', (t) => t('conversation.hitNext'), { key: 'F3' }),
  byButton('hit.previous', (t) => t('conversation.hitBefore'), { key: 'F3', shift: true }),
  {
    id: 'row.next',
    group: 'moving',
    label: (t) => t('command.nextRow'),
    shortcut: { key: 'ArrowDown', alt: true },
    keyOnly: true,
    possible: hasRows,
    run: (context) => selectRow(context, 1),
  },
  {
    id: 'row.previous',
    group: 'moving',
    label: (t) => t('command.previousRow'),
    shortcut: { key: 'ArrowUp', alt: true },
    keyOnly: true,
    possible: hasRows,
    run: (context) => selectRow(context, -1),
  },
  {
    id: 'pane.next',
    group: 'moving',
    label: (t) => t('command.nextPane'),
    shortcut: { key: 'F6' },
    keyOnly: true,
    possible: always,
    run: () => focusPane(1),
  },
  {
    id: 'pane.previous',
    group: 'moving',
    label: (t) => t('command.previousPane'),
    shortcut: { key: 'F6', shift: true },
    keyOnly: true,
    possible: always,
    run: () => focusPane(-1),
  },
  ...agentStatus.options.map(
    (status): Command => ({
      id: `status.${status}`,
      group: 'status',
      label: (t) => t('status.label', { status: t(`status.${status}`) }),
      possible: (context) => context.up && context.status !== status,
      run: (context) => void context.send({ op: 'status.set', status }),
    }),
  ),
  ...(['chats', 'history', 'team'] as const).map(
    (page): Command => ({
      id: `page.${page}`,
      group: 'pages',
      label: (t) => t(`rail.${page}`),
      possible: always,
      run: ({ openPage }) => openPage(page),
    }),
  ),
  {
    id: 'page.settings',
    group: 'pages',
    label: (t) => t('rail.settings'),
    shortcut: { key: ',', mod: true },
    possible: always,
    run: ({ openPage }) => openPage('settings'),
  },
  ...settingsTabs.map(
    (tab): Command => ({
      id: `settings.${tab}`,
      group: 'pages',
      label: (t) => t('command.settings', { page: t(`settings.page.${tab}`) }),
      possible: ({ supervisor }) => isTabFor(tab, supervisor),
      run: ({ openSettings }) => openSettings(tab),
    }),
  ),
  {
    id: 'palette.open',
    group: 'app',
    label: (t) => t('palette.label'),
    shortcut: { key: 'k', mod: true },
    keyOnly: true,
    possible: always,
    run: ({ openDialog }) => openDialog('palette'),
  },
  {
    id: 'keys.show',
    group: 'app',
    label: (t) => t('keys.title'),
    shortcut: { key: '?' },
    possible: always,
    run: ({ openDialog }) => openDialog('keys'),
  },
  {
    id: 'machine.show',
    group: 'app',
    label: (t) => t('machine.title'),
    possible: ({ desktop }) => desktop,
    run: ({ openDialog }) => openDialog('machine'),
  },
];

export function shortcutOf(id: string): Shortcut | undefined {
  return commands.find((command) => command.id === id)?.shortcut;
}

/** Presses the button with this `data-command`, so its page decides when it is available and what to confirm. */
function byButton(id: string, label: Command['label'], shortcut?: Shortcut): Command {
  return {
    id,
    group: 'conversation',
    label,
    ...(shortcut ? { shortcut } : {}),
    possible: () => findButton(id) !== null,
    run: () => findButton(id)?.click(),
  };
}

/** What is being typed goes on to the customer it is meant for: from a text field the conversation is only listed. */
async function acceptFirst({ lists, session, accept, openPage }: CommandContext) {
  const [first] = lists.incoming;
  const conversation = first === undefined ? undefined : session.store.getState().conversations.get(first);
  if (!conversation?.offerId) return;
  if (!(await accept(conversation.offerId)) || document.activeElement?.matches('textarea, input')) return;
  openPage('chats');
  session.select(conversation.conversationId);
}

function rowsOf({ lists, supervisor }: CommandContext): readonly string[] {
  return [...lists.mine, ...lists.waiting, ...(supervisor ? lists.served : [])];
}

function hasRows(context: CommandContext): boolean {
  return rowsOf(context).length > 0;
}

function selectRow(context: CommandContext, step: 1 | -1) {
  const ids = rowsOf(context);
  const now = ids.indexOf(context.session.store.getState().selectedId ?? '');
  const next = now < 0 ? (step > 0 ? 0 : ids.length - 1) : (now + step + ids.length) % ids.length;
  context.openPage('chats');
  context.session.select(ids[next] ?? null);
}
