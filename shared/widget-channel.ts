import type { Language } from './protocol/fields';
import type { IdentityAnswer, SignedIdentity } from './protocol/identity';

/**
 * What a shop's page and the chat in its frame say to each other. The chat announces itself; the shop's side, which
 * checks who that is, answers with a greeting and one end of a channel of their own, on which everything else goes. No
 * word of a conversation ever does: scripts of the shop's page could read it.
 */

/** The part of the chat's address that says it is in a widget. */
export const widgetHash = '#widget';

/** The chat's page is there, and waits for a greeting. */
export interface Announcement {
  foyer: 'ready';
}

/** The answer to it, with the channel's end. */
export interface Greeting extends ShopFacts {
  foyer: 'hello';
}

export interface ShopFacts {
  /** Null: as the reader has chosen, else as the page is written. */
  language: Language | null;
  pageLanguage: string;
  page: ShopPage;
  /** As the shop has said it; null: nobody is signed in there. */
  identity: SignedIdentity | null;
  isOpen: boolean;
}

export interface ShopPage {
  title: string;
  url: string;
}

export type FromShop =
  | { type: 'opened'; withFocus: boolean }
  | { type: 'closed' }
  | { type: 'language'; language: Language }
  | { type: 'page'; page: ShopPage }
  | { type: 'identity'; identity: SignedIdentity | null };

export type FromChat =
  /** It is drawn and may be shown. */
  | { type: 'shown' }
  | { type: 'close' }
  | ({ type: 'state' } & ChatState)
  /** For whoever builds the shop: their customer goes on unsigned. */
  | { type: 'identityRefused'; why: Exclude<IdentityAnswer, 'signed'> };

export interface ChatState {
  /** Messages that the customer has not seen. */
  unread: number;
  /** Who wrote the last of them. */
  from: string | null;
  /** A conversation is going on: the chat is loaded with the next page, too. */
  isTalking: boolean;
  isConnected: boolean;
  language: Language;
}
