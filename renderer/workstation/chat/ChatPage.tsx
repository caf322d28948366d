import { useOffice } from '../session/session-context';
import classes from './ChatPage.module.css';
import { CustomerPane } from './customer/CustomerPane';
import { ConversationList } from './list/ConversationList';
import { ConversationPane } from './thread/ConversationPane';

/** List, conversation, customer: the three panes. */
export function ChatPage() {
  return (
    <div className={classes.panes}>
      <ConversationList />
      <SelectedConversation />
      <CustomerPane />
    </div>
  );
}

function SelectedConversation() {
  const selectedId = useOffice((state) => state.selectedId);
  return <ConversationPane key={selectedId ?? ''} />;
}
