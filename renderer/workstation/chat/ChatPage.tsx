import { useOffice } from '../session/session-context';
import classes from './ChatPage.module.css';
import { ConversationList } from './ConversationList';
import { ConversationPane } from './ConversationPane';
import { CustomerPane } from './CustomerPane';

/** List, conversation, customer: the three panes. */
export function ChatPage() {
  const selectedId = useOffice((state) => state.selectedId);
  return (
    <div className={classes.panes}>
      <ConversationList />
      <ConversationPane key={selectedId ?? ''} />
      <CustomerPane />
    </div>
  );
}
