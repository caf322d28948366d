import type { Language } from '../../shared/protocol/fields';
import type { Keep } from './keep';
import type { Texts, TextsByLanguage } from './texts';
import { type Words, wordsIn } from './words';

export interface SpokenPorts {
  /** At the start; `texts` are in it. */
  language: Language;
  texts: Texts;
  textsByLanguage: TextsByLanguage;
}

/** The words that the page says now. While others can't be fetched, it stays as it is. */
export function createSpoken(
  { language, texts, textsByLanguage }: SpokenPorts,
  kept: Keep,
  changed: (texts: Texts) => void,
) {
  let words = wordsIn(language, texts.text);
  let { revision } = texts;

  function say(next: Language, said: Texts): void {
    words = wordsIn(next, said.text);
    revision = said.revision;
    changed(said);
  }

  function fetch(wanted: Language, isStillWanted: () => boolean): void {
    textsByLanguage.load(wanted).then(
      (fetched) => isStillWanted() && say(wanted, fetched),
      () => {},
    );
  }

  return {
    words: (): Words => words,
    choose(wanted: Language): void {
      kept.set('language', wanted);
      const here = textsByLanguage.of(wanted);
      if (here?.revision === revision) say(wanted, here);
      else fetch(wanted, () => kept.get('language') === wanted);
    },
    /** The hub serves this of the page now; undefined: an earlier hub, which says nothing of it. */
    served(now: string | undefined): void {
      const { language: spoken } = words;
      if (now !== undefined && now !== revision) fetch(spoken, () => words.language === spoken);
    },
  };
}
