import type { Language } from '../../shared/protocol/fields';
import type { IdentityAnswer, SignedIdentity } from '../../shared/protocol/identity';
import type { ChatState, ShopPage } from '../../shared/widget-channel';
import { isTalking, type Unread } from './reading';
import { type Shop, shortPage } from './shop';
import type { PageState } from './state';

interface Follower {
  /** With which this page has begun. */
  identity: SignedIdentity | null;
  /** It may not begin anew now. */
  isBusy(): boolean;
  reload(): void;
  chooseLanguage(language: Language): void;
  moved(page: ShopPage): void;
  opened(withFocus: boolean): void;
  closed(): void;
}

/** This page in a shop's widget: whether it is open, and what the launcher says of it. */
export function followShop(shop: Shop, on: Follower) {
  let { isOpen } = shop.facts;
  let told = '';
  shop.listen((message) => {
    switch (message.type) {
      case 'opened':
        isOpen = true;
        return on.opened(message.withFocus);
      case 'closed':
        isOpen = false;
        return on.closed();
      case 'language':
        return on.chooseLanguage(message.language);
      case 'page':
        return on.moved(shortPage(message.page));
      case 'identity':
        // The shop greets the page anew with it.
        if (message.identity?.id !== on.identity?.id && !on.isBusy()) on.reload();
        return;
    }
  });
  return {
    isOpen: () => isOpen,
    /** The shop is told why its customer goes on unsigned, and then greets this page without. */
    identityAnswered(answer: IdentityAnswer): void {
      if (answer === 'signed') return;
      shop.tell({ type: 'identityRefused', why: answer });
      on.reload();
    },
    close: () => shop.tell({ type: 'close' }),
    shown: () => shop.tell({ type: 'shown' }),
    tell(state: PageState, { count, from }: Unread, language: Language): void {
      if (!state.ready) return;
      const isConnected = state.link.state === 'up';
      const said: ChatState = { unread: count, from, isTalking: isTalking(state), isConnected, language };
      const text = JSON.stringify(said);
      if (text === told) return;
      told = text;
      shop.tell({ type: 'state', ...said });
    },
  };
}
