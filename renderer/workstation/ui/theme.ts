import { Button, type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core';

/** The one accent colour. Shade 6 is for light surfaces, 3 for dark ones: both reach AA contrast on them. */
const accent: MantineColorsTuple = [
  '#edf3ff',
  '#dbe6fe',
  '#b3cbfb',
  '#7aa2ff',
  '#5c8bf5',
  '#3f74ea',
  '#2b66e0',
  '#2258c8',
  '#1c4aa9',
  '#173d8b',
];

const dark: MantineColorsTuple = [
  '#e9ebef',
  '#c3c8d2',
  '#a3a9b5',
  '#7d8492',
  '#3a3f4a',
  '#2b2f38',
  '#22262e',
  '#1b1e25',
  '#15171b',
  '#101215',
];

/** What has no room in the window scrolls. */
const middlewares = { flip: true, shift: true, size: { padding: 4 } };

export const theme = createTheme({
  colors: { accent, dark },
  primaryColor: 'accent',
  primaryShade: { light: 6, dark: 3 },
  autoContrast: true,
  luminanceThreshold: 0.3,
  defaultRadius: 8,
  cursorType: 'pointer',
  fontFamily: 'var(--font)',
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '18px' },
  lineHeights: { xs: '1.4', sm: '1.45', md: '1.5', lg: '1.5', xl: '1.4' },
  headings: { fontWeight: '600' },
  respectReducedMotion: true,
  components: {
    Button: Button.extend({
      defaultProps: { size: 'sm' },
      styles: { label: { fontWeight: 600 } },
      // Filled colours are light in the dark scheme, so their letters are dark there (global.css).
      vars: (_theme, { color, variant = 'filled' }) => ({ root: variant === 'filled' ? filled(color) : {} }),
    }),
    Tooltip: { defaultProps: { openDelay: 350, withArrow: false, fz: 12 } },
    // `role="menu"` allows no child like the placeholder.
    Menu: {
      defaultProps: {
        withInitialFocusPlaceholder: false,
        shadow: 'md',
        radius: 10,
        offset: 6,
        middlewares,
        // In a window that gets smaller it goes to the side that has room.
        preventPositionChangeWhenVisible: false,
      },
      styles: { dropdown: { overflowY: 'auto' } },
    },
    Popover: {
      defaultProps: { shadow: 'md', radius: 12, offset: 6, middlewares },
      styles: { dropdown: { overflowY: 'auto' } },
    },
    Switch: { defaultProps: { withThumbIndicator: false } },
    Modal: {
      defaultProps: { radius: 14, centered: true, padding: 'lg', overlayProps: { backgroundOpacity: 0.4 } },
      styles: { title: { fontWeight: 600, fontSize: 16 } },
    },
  },
});

function filled(color: string | undefined): Record<string, string> {
  const name = color === undefined ? 'accent' : color === 'red' ? 'danger' : null;
  if (name === null) return {};
  return {
    '--button-bg': `var(--${name})`,
    '--button-hover': `var(--${name}-hover)`,
    '--button-color': `var(--on-${name})`,
  };
}

const sameInBoth = {
  '--mantine-color-body': 'var(--surface)',
  '--mantine-color-text': 'var(--ink)',
  '--mantine-color-dimmed': 'var(--dim)',
  '--mantine-color-error': 'var(--danger)',
  '--mantine-color-placeholder': 'var(--faint)',
  '--mantine-color-red-6': 'var(--danger)',
  '--mantine-color-red-light-color': 'var(--danger)',
};

/** Mantine's own colours from those of global.css, which reach AA. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: sameInBoth,
  dark: {
    ...sameInBoth,
    '--mantine-color-default': 'var(--raised)',
    '--mantine-color-default-border': 'var(--line-strong)',
  },
});
