/** A colour as `#rrggbb`, in small letters. */
type Color = string;

/** What the customers' page makes of one colour, for one scheme. */
export interface ThemeColors {
  /** The colour itself, behind the header, own messages and main buttons. */
  theme: Color;
  /** Text and signs on it. */
  onTheme: Color;
  /** Around what it fills, so that a control is seen on the page. */
  edge: Color;
  /** Links and the mark of the focus, on the page's own ground. */
  link: Color;
  /** Laid over the theme below text: it only raises that text's contrast. */
  veil: string;
}

/** WCAG 2.2 AA, 1.4.3: text; 1.4.11: what a control is seen by. */
const textContrast = 4.5;
const controlContrast = 3;

/** The grounds of the page, as in its style sheet (renderer/customer/styles/base.css). */
export const grounds = { light: ['#ffffff', '#f4f6f8'], dark: ['#151b23', '#0d1117'] } as const;

/** Any colour is taken as it is; what is written on it or made of it reaches AA by computation. */
export function themeColors(theme: Color): Record<keyof typeof grounds, ThemeColors> {
  return { light: inScheme(theme, 'light', '#000000'), dark: inScheme(theme, 'dark', '#ffffff') };
}

function inScheme(theme: Color, scheme: keyof typeof grounds, away: Color): ThemeColors {
  const reaches = (color: Color, least: number) => grounds[scheme].every((ground) => contrast(color, ground) >= least);
  const shifted = (least: number) => {
    for (let share = 0; share < 1; share += 0.02) {
      const color = mixed(theme, away, share);
      if (reaches(color, least)) return color;
    }
    return away;
  };
  // Black reaches it wherever white does not: the two meet at 4.58.
  const isDark = contrast(theme, '#ffffff') >= textContrast;
  return {
    theme,
    onTheme: isDark ? '#ffffff' : '#000000',
    edge: shifted(controlContrast),
    link: shifted(textContrast),
    veil: isDark ? 'rgb(0 0 0 / 16%)' : 'rgb(255 255 255 / 40%)',
  };
}

/** WCAG's contrast ratio of two colours, 1 to 21. */
export function contrast(one: Color, other: Color): number {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

/** WCAG's relative luminance, 0 to 1. */
function luminance(color: Color): number {
  const [red, green, blue] = channels(color).map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** `share` of the other, 0 to 1. */
export function mixed(one: Color, other: Color, share: number): Color {
  const others = channels(other);
  const parts = channels(one).map((value, index) => Math.round(value + ((others[index] ?? 0) - value) * share));
  return `#${parts.map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}

function channels(color: Color): number[] {
  return [1, 3, 5].map((start) => Number.parseInt(color.slice(start, start + 2), 16));
}
