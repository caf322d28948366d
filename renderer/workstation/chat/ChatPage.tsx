import { useRef } from 'react';
import { useOffice } from '../session/session-context';
import classes from './ChatPage.module.css';
import { ConversationList } from './ConversationList';
import { ConversationPane } from './ConversationPane';
import { CustomerPane } from './CustomerPane';
import { useChatKeys } from './use-chat-keys';

/** List, conversation, customer: the three panes. */
export function ChatPage() {
  const root = useRef<HTMLDivElement>(null);
  useChatKeys(root);
  const selectedId = useOffice((state) => state.selectedId);
  return (
    <div className={classes.panes} ref={root}>
      <ConversationList />
      <ConversationPane key={selectedId ?? ''} />
      <CustomerPane />
    </div>
  );
}
