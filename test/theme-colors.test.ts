import { describe, expect, it } from 'vitest';
import { SeededRandom } from '../main/hub/demo/random';
import { contrast, grounds, mixed, themeColors } from '../shared/theme-colors';

/** Corners of the space of colours, and many at random. */
function* colors(): Generator<string> {
  yield* ['#000000', '#ffffff', '#ff0000', '#00ff00', '#0000ff', '#ffff00', '#777777', '#767676'];
  const random = new SeededRandom(911000000);
  for (let i = 0; i < 5_000; i += 1) yield `#${random.between(0, 0x1000000).toString(16).padStart(6, '0')}`;
}

/** What is seen of a veil over a colour. */
const veiled = (theme: string, veil: string) => {
  const [value = 0, share = 0] = (/^rgb\((\d+) .* (\d+)%\)$/.exec(veil) ?? []).slice(1).map(Number);
  return mixed(theme, value === 0 ? '#000000' : '#ffffff', share / 100);
};

describe('the colours of the customers’ page', () => {
  it('reach AA in both schemes, whatever colour the office takes', () => {
    for (const theme of colors()) {
      const schemes = themeColors(theme);
      for (const scheme of ['light', 'dark'] as const) {
        const made = schemes[scheme];
        const least = {
          text: contrast(made.onTheme, theme),
          veiled: contrast(made.onTheme, veiled(theme, made.veil)),
          link: Math.min(...grounds[scheme].map((ground) => contrast(made.link, ground))),
          edge: 1.5 * Math.min(...grounds[scheme].map((ground) => contrast(made.edge, ground))),
        };
        expect(made.theme).toBe(theme);
        for (const [what, ratio] of Object.entries(least))
          if (ratio < 4.5) expect.fail(`${what} of ${theme} in ${scheme}: ${ratio}`);
      }
    }
  });

  it('keep a colour that is good as it is', () => {
    expect(themeColors('#0f766e').light).toMatchObject({ edge: '#0f766e', link: '#0f766e', onTheme: '#ffffff' });
    expect(themeColors('#ffffff').light.edge).not.toBe('#ffffff');
    expect(themeColors('#ffffff').dark.edge).toBe('#ffffff');
  });

  it('measure as WCAG does', () => {
    expect(contrast('#000000', '#ffffff')).toBe(21);
    expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
    expect(contrast('#0f766e', '#0f766e')).toBe(1);
  });
});
