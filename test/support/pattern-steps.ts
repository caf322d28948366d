interface Part {
  takes: RegExp;
  min: number;
  max: number;
}

const part = /\[(?:\\.|[^\]\\])*\]|\\x[0-9a-f]{2}|\\.|[^\\]/y;
const count = /\*|\+|\?|\{(\d+)(?:,(\d*))?\}/y;

/**
 * How often a backtracking matcher looks at a character: characters, classes and what repeats them, in a row between
 * `^` and `$`. Groups mean nothing for it.
 */
export function stepsOf(source: string, text: string): number {
  const parts = partsOf(source.replace(/^\^|\$$/g, ''));
  let steps = 0;
  const takes = ({ takes }: Part, at: number) => {
    steps += 1;
    return at < text.length && takes.test(text[at]!);
  };
  const run = (index: number, from: number): boolean => {
    const first = parts[index];
    if (!first) return from === text.length;
    let at = from;
    while (at - from < first.max && takes(first, at)) at += 1;
    for (; at - from >= first.min; at -= 1) if (run(index + 1, at)) return true;
    return false;
  };
  run(0, 0);
  return steps;
}

function partsOf(source: string): Part[] {
  const parts: Part[] = [];
  for (let at = 0; at < source.length; ) {
    if (source[at] === '(' || source[at] === ')') {
      at += 1;
      continue;
    }
    part.lastIndex = at;
    const [takes] = part.exec(source)!;
    at += takes.length;
    count.lastIndex = at;
    const repeated = count.exec(source);
    at += repeated?.[0].length ?? 0;
    parts.push({ takes: new RegExp(`^${takes}$`, 's'), ...boundsOf(repeated) });
  }
  return parts;
}

function boundsOf(repeated: RegExpExecArray | null): Pick<Part, 'min' | 'max'> {
  if (!repeated) return { min: 1, max: 1 };
  const [sign, least, most] = repeated;
  if (least !== undefined)
    return { min: Number(least), max: most === undefined ? Number(least) : Number(most || Infinity) };
  return { min: sign === '+' ? 1 : 0, max: sign === '?' ? 1 : Infinity };
}
