import { expect, test } from 'vitest';
import { createPageKeeper } from '../../main/desktop/page-keeper';

function keeper() {
  const answers: ((again: boolean) => void)[] = [];
  const state = { now: 1_000_000, reloads: 0 };
  const page = createPageKeeper({
    now: () => state.now,
    reload: () => {
      state.reloads += 1;
    },
    askAgain: () => new Promise((resolve) => answers.push(resolve)),
  });
  return { page, state, answers };
}

test('a page that dies is loaded again three times a minute, then the person is asked', async () => {
  const { page, state, answers } = keeper();
  for (let times = 0; times < 5; times += 1) void page.gone();
  expect([state.reloads, answers.length]).toEqual([3, 1]);
  answers[0]?.(true);
  await new Promise((resolve) => setImmediate(resolve));
  expect(state.reloads).toBe(4);
  void page.gone();
  expect(state.reloads).toBe(5);
});

test('one that dies now and then is loaded again each time', () => {
  const { page, state, answers } = keeper();
  for (let times = 0; times < 20; times += 1) {
    void page.gone();
    state.now += 20_001;
  }
  expect([state.reloads, answers.length]).toEqual([20, 0]);
});

test('who said not now gets it when they come back to the window', async () => {
  const { page, state, answers } = keeper();
  page.shown();
  expect(state.reloads).toBe(0);
  for (let times = 0; times < 4; times += 1) void page.gone();
  answers[0]?.(false);
  await new Promise((resolve) => setImmediate(resolve));
  expect(state.reloads).toBe(3);
  page.shown();
  page.shown();
  expect(state.reloads).toBe(4);
});
