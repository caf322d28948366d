import { expect, test } from 'vitest';
import { quitQuestion } from '../../main/desktop/quit-question';

test('whoever quits the machine of the hub is told who is connected; with nobody else there is nothing to ask', () => {
  expect(quitQuestion({ colleagues: 0, customers: 0 }, 'en')).toBeNull();
  expect(quitQuestion({ colleagues: 2, customers: 5 }, 'en')).toMatchObject({
    body: expect.stringContaining('colleagues on other machines 2, customers 5.'),
    stay: 'Keep running',
  });
  expect(quitQuestion({ colleagues: 0, customers: 1 }, 'zh')?.body).toContain('客户 1 人');
});
