import classes from './Avatar.module.css';

/** Two letters on a colour derived from the name. Hidden from screen readers, as the name is always beside it. */
export function Avatar({ name, size = 34 }: { name: string; size?: number }) {
  return (
    <span
      dir="auto"
      aria-hidden="true"
      className={classes.avatar}
      data-tone={tone(name)}
      style={{ width: size, height: size, fontSize: Math.round(size * 0.37) }}
    >
      {initials(name)}
    </span>
  );
}

const tones = 8;

function tone(name: string): number {
  let hash = 0;
  for (const letter of name) hash = (hash * 31 + letter.charCodeAt(0)) % 9973;
  return hash % tones;
}

function initials(name: string): string {
  const trimmed = name.trim();
  if (/^[\u3400-\u9fff]/.test(trimmed)) return trimmed.slice(0, 1);
  const words = trimmed.split(/\s+/);
  const first = [...(words[0] ?? '')][0] ?? '?';
  const last = words.length > 1 ? ([...(words[words.length - 1] ?? '')][0] ?? '') : ([...(words[0] ?? '')][1] ?? '');
  return (first + last).toUpperCase();
}
