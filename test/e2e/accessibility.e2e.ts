import { createJudge } from '../gallery/judge';
import { walks } from '../gallery/walks';
import { expect, test } from './office';

/** Every screen and state of the gallery, dark, in the largest and the smallest window; `npm run gallery` looks at all. */
for (const [name, walk] of Object.entries(walks)) {
  test(`fits every window, WCAG AA: ${name}`, async ({ office }) => {
    test.setTimeout(8 * 60_000);
    const judge = createJudge({ themes: ['dark'], sizes: ['1440', '900-at-200'], axeSizes: [], chineseSizes: [] });
    await walk(office, judge);
    expect(judge.violations).toEqual([]);
  });
}
