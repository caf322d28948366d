import { element, setText, show } from '../dom';
import { screenOf } from '../reading';
import type { PageState } from '../state';
import type { Words } from '../words';
import type { Say } from './later-words';
import { transcriptArticle, transcriptOf, transcriptText } from './transcript';

export interface TranscriptActions {
  askEarlier(): void;
}

export interface TranscriptPorts {
  document: Document;
  saveFile(file: Blob, name: string): void;
  /** Opens the browser's own dialog. */
  print(): void;
}

/** After the end: the conversation as a text file, or on paper. What the page does not have yet is fetched first. */
export function createKeepTranscript({ askEarlier }: TranscriptActions, ports: TranscriptPorts) {
  let wanted: 'save' | 'print' | null = null;
  /** How many messages were there when the ones before were asked for; null: they have not been. */
  let heldThen: number | null = null;
  let redraw = () => {};

  const save = element('button', { type: 'button', class: 'link' });
  const print = element('button', { type: 'button', class: 'link' });
  const fetching = element('span', { class: 'hint', role: 'status' });
  const root = element('div', { class: 'keep', hidden: true }, save, print, fetching);
  save.addEventListener('click', () => want('save'));
  print.addEventListener('click', () => want('print'));

  function want(what: 'save' | 'print'): void {
    wanted = what;
    heldThen = null;
    redraw();
  }

  /** Everything is here, or what is missing can't be fetched. */
  function isWhole({ earlier, messages }: PageState): boolean {
    if (earlier === null) return true;
    if (earlier.askedBy !== null) return false;
    if (heldThen === messages.length) return true;
    heldThen = messages.length;
    askEarlier();
    return false;
  }

  function keep(what: 'save' | 'print', state: PageState, words: Words, say: Say): void {
    const transcript = transcriptOf(state, words, say);
    if (what === 'save') {
      const day = new Date(state.messages[0]?.at ?? 0).toLocaleDateString('sv');
      // With a mark at its start, by which editors know it as UTF-8.
      ports.saveFile(new Blob(['\ufeff', transcriptText(transcript)]), say('transcript.fileName', { day }));
      return;
    }
    const { document } = ports;
    const article = transcriptArticle(transcript);
    document.querySelector('.transcript')?.remove();
    document.body.append(article);
    // Phones come back from `print` before they have printed.
    document.defaultView?.addEventListener('afterprint', () => article.remove(), { once: true });
    ports.print();
  }

  function update(state: PageState, words: Words, say: Say): void {
    redraw = () => update(state, words, say);
    const { messages } = state;
    show(root, screenOf(state) === 'ended' && messages.length > 0 && state.link.state !== 'refused');
    if (root.hidden) wanted = null;
    setText(save, say('transcript.save'));
    setText(print, say('transcript.print'));
    if (wanted !== null && isWhole(state)) {
      const what = wanted;
      wanted = null;
      keep(what, state, words, say);
    }
    setText(fetching, wanted === null ? '' : say('transcript.fetching'));
  }

  return { root, update };
}
