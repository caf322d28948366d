import type { Clock } from '../../../shared/client/clock';
import type { PageState } from '../state';
import type { Words } from '../words';
import { createKeepTranscript, type TranscriptActions, type TranscriptPorts } from './keep-transcript';
import styles from './later.css?url';
import { laterWords } from './later-words';
import { createPast, type PastActions } from './past';
import { createRating, type RatingActions } from './rating';
import { createReopenTime } from './reopen-time';
import { createSound, type SoundPorts } from './sound';

export interface LaterActions extends PastActions, RatingActions, TranscriptActions {
  /** Draws the page as it is, because the time has changed what it shows. */
  draw(): void;
}

export interface LaterPorts extends SoundPorts, TranscriptPorts {
  clock: Clock;
  /** Epoch milliseconds. */
  hubNow(): number;
}

export type Later = ReturnType<typeof createLater>;

/** The parts of the page that only a conversation needs, in a file of their own: the sound, and what follows the end. */
export function createLater(actions: LaterActions, ports: LaterPorts) {
  const link = ports.document.createElement('link');
  link.rel = 'stylesheet';
  link.href = styles;
  ports.document.head.append(link);
  const sound = createSound(ports);
  const rating = createRating(actions, ports.hubNow);
  const transcript = createKeepTranscript(actions, ports);
  const past = createPast(actions);
  const reopenTime = createReopenTime(ports, actions.draw);
  return {
    tools: [sound.root],
    afterwards: [rating.root, transcript.root, reopenTime.root, past.root],
    update(state: PageState, words: Words, unread: number): void {
      const say = laterWords(words);
      sound.update(state, unread, say);
      rating.update(state, words, say);
      transcript.update(state, words, say);
      reopenTime.update(state, words, say);
      past.update(state, words, say);
    },
  };
}
