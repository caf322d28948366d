import type { Change } from './change';
import type { Identity } from './identity';
import type { Session } from './session';
import type { PageState } from './state';
import type { PageActions } from './views/page-views';

/** Above every message id: the newest page of history may hold only colleagues' notes, which a customer does not get. */
const afterAllMessages = '999999999999999.999999';

interface ActionPorts {
  session: Session;
  identity: Identity;
  state(): PageState;
  commit(change: Change): void;
  reload(): void;
}

/** What the customer can do on the page, as changes of the state and commands to the hub. */
export function createPageActions(ports: ActionPorts): Omit<PageActions, 'chooseLanguage' | 'close' | 'draw'> {
  const { session, identity, state, commit, reload } = ports;
  const messageOf = (cid: string) => state().own.find((own) => own.cid === cid);
  return {
    openConversation: (opening) => session.send({ op: 'conversation.open', ...opening }),
    leaveMessage: (message) => session.send({ op: 'message.leave', ...message }),
    chooseMessage: () => commit({ type: 'leaveChosen' }),
    beginMessage: () => commit({ type: 'leaveBegun' }),
    keepWaiting: () => commit({ type: 'waitChosen' }),
    reopen: () => session.send({ op: 'conversation.reopen' }),
    rate: (conversationId, score, comment) => session.send({ op: 'conversation.rate', conversationId, score, comment }),
    askPast: (asked) => session.ask({ op: 'conversation.past', ...asked }),
    askForPerson: () => session.send({ op: 'conversation.handOver' }),
    startAnew: () => commit({ type: 'endedDismissed' }),
    sendMessage: session.sendMessage,
    typed: session.typed,
    retry(cid) {
      const failed = messageOf(cid);
      if (failed === undefined) return;
      commit({ type: 'ownDiscarded', cid });
      session.sendMessage(failed.text, failed.attachments ?? []);
    },
    takeFailedText(cid) {
      const failed = messageOf(cid);
      if (failed === undefined) return null;
      commit({ type: 'ownWordsTaken', cid });
      return failed.text;
    },
    discard: (cid) => commit({ type: 'ownDiscarded', cid }),
    askEarlier() {
      const before = state().messages[0]?.messageId ?? afterAllMessages;
      session.send({ op: 'conversation.earlier', before }, { fleeting: true });
    },
    endConversation: () => session.send({ op: 'conversation.leave' }),
    useHere: session.retryNow,
    useAnew() {
      identity.changeDevice();
      reload();
    },
    startAfresh() {
      identity.startAfresh();
      reload();
    },
    reload,
  };
}
