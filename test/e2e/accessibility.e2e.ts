import { createJudge } from '../gallery/judge';
import { walks } from '../gallery/walks';
import { expect, test } from './office';

/** Every screen and state of the gallery in the largest and the smallest windows; `npm run gallery` looks at all sizes. */
for (const [name, walk] of Object.entries(walks)) {
  test(`fits every window, WCAG AA: ${name}`, async ({ office }) => {
    test.setTimeout(8 * 60_000);
    const sizes = ['1440', '900', '900-at-200'] as const;
    const judge = createJudge({ sizes, axeSizes: ['900-at-200'], chineseSizes: [] });
    await walk(office, judge);
    expect(judge.violations).toEqual([]);
  });
}
