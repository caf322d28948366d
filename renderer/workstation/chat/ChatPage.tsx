import { useOffice } from '../session/session-context';
import classes from './ChatPage.module.css';
import { CustomerPane } from './customer/CustomerPane';
import { ConversationList } from './list/ConversationList';
import { PanesProvider, usePanes } from './panes';
import { ConversationPane } from './thread/ConversationPane';

/** List, conversation, customer: side by side as far as there is room, otherwise one at a time. */
export function ChatPage() {
  return (
    <PanesProvider>
      <Panes />
    </PanesProvider>
  );
}

function Panes() {
  const { room, opened, customerShown } = usePanes();
  return (
    <div className={classes.panes}>
      {room === 'one' && opened ? null : <ConversationList />}
      {room === 'one' && (!opened || customerShown) ? null : <SelectedConversation />}
      {room === 'three' || (room === 'one' && customerShown) ? <CustomerPane /> : null}
    </div>
  );
}

function SelectedConversation() {
  const selectedId = useOffice((state) => state.selectedId);
  return <ConversationPane key={selectedId ?? ''} />;
}
