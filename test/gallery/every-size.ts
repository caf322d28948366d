import { expect, test } from '../e2e/office';
import { createJudge } from './judge';
import { allSizes, themes } from './visitor';
import { walks } from './walks';

for (const [name, walk] of Object.entries(walks)) {
  test(`WCAG AA in every size: ${name}`, async ({ office }) => {
    const judge = createJudge({
      themes,
      sizes: allSizes,
      axeSizes: allSizes.slice(1),
      chineseSizes: ['900', '900-at-200'],
    });
    await walk(office, judge);
    expect(judge.violations).toEqual([]);
  });
}
