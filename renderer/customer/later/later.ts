import type { PageState } from '../state';
import type { Words } from '../words';
import styles from './later.css?url';
import { laterWords } from './later-words';
import { createRating, type RatingActions } from './rating';

export type LaterActions = RatingActions;

export interface LaterPorts {
  document: Document;
  /** Epoch milliseconds. */
  hubNow(): number;
}

export type Later = ReturnType<typeof createLater>;

/** The parts of the page that only a conversation needs, in a file of their own: what follows its end. */
export function createLater(actions: LaterActions, { document, hubNow }: LaterPorts) {
  const link = document.createElement('link');
  link.rel = 'stylesheet';
  link.href = styles;
  document.head.append(link);
  const rating = createRating(actions, hubNow);
  return {
    afterwards: [rating.root],
    update(state: PageState, words: Words): void {
      rating.update(state, words, laterWords(words));
    },
  };
}
