/** The rules for a supervisor's passphrase, checked where it is typed and again by the hub. */

export const passphraseLengthMin = 12;
export const passphraseLengthMax = 200;

export type PassphraseProblem = 'passphraseTooShort' | 'passphraseCommon';

/** With fewer distinct characters a passphrase is a pattern. */
const differentMin = 5;

/** Common words, longer ones first; a passphrase made only of these, digits and punctuation is easily guessed. */
const commonest = [
  ...['correcthorsebatterystaple', 'thequickbrownfox', 'opensesame', 'passphrase', 'password', 'passwort', 'passwd'],
  ...['administrator', 'receptionist', 'supervisor', 'reception', 'customer', 'welcome', 'company', 'secret', 'office'],
  ...[
    'changeme',
    'changeit',
    'default',
    'letmein',
    'access',
    'login',
    'admin',
    'guest',
    'user',
    'root',
    'test',
    'temp',
  ],
  ...['qwertyuiop', 'asdfghjkl', 'zxcvbnm', 'qwertz', 'qwerty', 'azerty', 'asdfgh', 'qwer', 'asdf', 'zxcv', 'qazwsx'],
  ...['abcdefghijklmnopqrstuvwxyz', 'abcdefghijkl', 'abcdefgh', 'abcdef', 'abcd', 'abc', 'xyz', 'aaa', 'qaz', 'wsx'],
  ...['iloveyou', 'sunshine', 'princess', 'football', 'baseball', 'basketball', 'superman', 'batman', 'starwars'],
  ...['whatever', 'computer', 'internet', 'trustno', 'freedom', 'dragon', 'monkey', 'master', 'shadow', 'killer'],
  ...['michael', 'jordan', 'charlie', 'jennifer', 'hello', 'hallo', 'ninja', 'flower', 'cheese', 'summer', 'winter'],
  ...['spring', 'autumn', 'january', 'february', 'march', 'april', 'june', 'july', 'august', 'september', 'october'],
  ...['november', 'december', 'monday', 'friday', 'sunday', 'woaini', 'mima', 'nihao', 'wode', 'foyer', 'chat', 'hub'],
  ...['the', 'and', 'new', 'my', 'is', 'a', 'i'],
];

const lookAlikes: Readonly<Record<string, string>> = { '@': 'a', '4': 'a', '3': 'e', '1': 'i', '!': 'i', '0': 'o' };
const moreLookAlikes: Readonly<Record<string, string>> = { $: 's', '5': 's', '7': 't' };

/** Null: it is acceptable. */
export function passphraseProblem(passphrase: string): PassphraseProblem | null {
  const folded = passphrase.normalize('NFKC').toLowerCase();
  if ([...folded].length < passphraseLengthMin) return 'passphraseTooShort';
  return isCommon(folded) ? 'passphraseCommon' : null;
}

function isCommon(folded: string): boolean {
  if (new Set(folded).size < differentMin) return true;
  const letters = folded.replace(/\P{L}/gu, '');
  // "P4ssw0rd!": look-alike digits and marks in place of letters, after removing trailing ones.
  const unmasked = [...folded.replace(/[^\p{L}]+$/u, '')].map(
    (each) => lookAlikes[each] ?? moreLookAlikes[each] ?? each,
  );
  return isMadeOfCommonest(letters) || isMadeOfCommonest(unmasked.join('').replace(/\P{L}/gu, ''));
}

function isMadeOfCommonest(letters: string): boolean {
  const reached = new Set([0]);
  for (let at = 0; at < letters.length; at += 1)
    if (reached.has(at)) for (const word of commonest) if (letters.startsWith(word, at)) reached.add(at + word.length);
  return reached.has(letters.length);
}
