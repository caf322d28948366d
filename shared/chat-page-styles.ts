import { type Look, lookDefault } from './protocol/chat-page';
import { type ThemeColors, themeColors } from './theme-colors';

/** The customers' page in the office's colours, over those of its own style sheet; empty: they are the same. */
export function stylesOf({ color }: Look): string {
  if (color === lookDefault.color) return '';
  const { light, dark } = themeColors(color);
  return `${rootRule(light)}@media (prefers-color-scheme: dark){${rootRule(dark)}}`;
}

function rootRule({ theme, onTheme, edge, link, veil }: ThemeColors): string {
  return `:root{--theme:${theme};--on-theme:${onTheme};--edge:${edge};--link:${link};--veil:${veil}}`;
}
