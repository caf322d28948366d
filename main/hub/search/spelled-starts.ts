import { dict } from 'pinyin-match/src/simplified_dict.js';
import { spelledMax } from '../../../shared/search-words';

/** Lengths of the starts that are kept, longest first. A word is looked for by the longest of them that it has. */
const startLengths: readonly number[] = [8, 4, 3, 2];
const longest = 8;

/** More than an ordinary name takes; one of a dozen characters with several readings each could take millions. */
const stepsMax = 1_000;

/** Syllables that pinyin-match also takes with `u` for `v` or the other way round. */
const withOtherVowel = new Set('ju jun jue juan qu qun que xuan xu xue yu yuan yue yun nve lve'.split(' '));

/** The readings of each Chinese character that pinyin-match knows. */
function readDictionary(): ReadonlyMap<string, readonly string[]> {
  const readings = new Map<string, string[]>();
  for (const [syllable, characters] of Object.entries(dict)) {
    const other = syllable.includes('u') ? syllable.replace('u', 'v') : syllable.replace('v', 'u');
    const spelled = withOtherVowel.has(syllable) ? [syllable, other] : [syllable];
    for (const character of characters) readings.set(character, [...(readings.get(character) ?? []), ...spelled]);
  }
  return readings;
}

/** The start by which a name that this word spells has to be known; null: any name may be. */
export function startOfWord(word: string): string | null {
  const length = startLengths.find((each) => each <= word.length);
  return length === undefined ? null : word.slice(0, length);
}

/**
 * What words that spell a part of a name begin with, so that a name can be ruled out without asking pinyin-match. It
 * takes whole syllables, the last one cut anywhere, or the first letter of each; spaces count for nothing.
 */
export class SpelledStarts {
  /** Read on first use. */
  private readings: ReadonlyMap<string, readonly string[]> | null = null;

  /** Null: there are too many. */
  of(name: string): ReadonlySet<string> | null {
    const letters = name.slice(0, spelledMax).toLowerCase().normalize('NFD');
    const units = [...letters.replace(/[\u0300-\u036f\s]/g, '')].map((each) => this.readingsOf(each));
    const starts = new Set<string>();
    let steps = 0;
    const walk = (at: number, before: string, cut: (reading: string) => string): void => {
      const readings = units[at];
      if (!readings || before.length >= longest || steps > stepsMax) return;
      for (const reading of new Set(readings.map(cut))) {
        steps += 1;
        const spelled = before + reading;
        for (const length of startLengths)
          if (length > before.length && length <= spelled.length) starts.add(spelled.slice(0, length));
        walk(at + 1, spelled, cut);
      }
    };
    for (const at of units.keys()) {
      walk(at, '', (reading) => reading);
      walk(at, '', (reading) => reading.slice(0, 1));
    }
    return steps > stepsMax ? null : starts;
  }

  private readingsOf(unit: string): readonly string[] {
    this.readings ??= readDictionary();
    return this.readings.get(unit) ?? (/^[a-z]$/.test(unit) ? [unit] : []);
  }
}
