import { expect, test } from 'vitest';
import { openLink } from '../../main/desktop/open-link';
import type { Question } from '../../main/desktop/ports';
import { desktopText } from '../../main/desktop/tray-menu';

/** What was asked, and what was opened after that. */
async function follow(address: string, answer: boolean) {
  const asked: Question[] = [];
  const opened: string[] = [];
  const known = await openLink(address, desktopText('en'), {
    open: async (link) => void opened.push(link),
    confirm: async (question) => {
      expect(opened).toEqual([]);
      asked.push(question);
      return answer;
    },
  });
  return { known, titles: asked.map(({ title }) => title), bodies: asked.map(({ body }) => body), opened };
}

test.each([
  ['https://bank.example.evil.example/login', 'bank.example.evil.example'],
  ['https://xn--80ak6aa92e.com/', 'xn--80ak6aa92e.com'],
  ['https://аррӏе.com/', 'xn--80ak6aa92e.com'],
  ['http://192.0.2.1:7801/chat', '192.0.2.1:7801'],
  ['mailto:mei@example.com', 'mei@example.com'],
])('%s is opened after its real host has been shown', async (address, host) => {
  const { known, titles, bodies, opened } = await follow(address, true);
  expect(known).toBe(true);
  expect(titles).toEqual([`Open ${host}?`]);
  expect(bodies).toEqual(opened);
  expect(opened).toHaveLength(1);
});

test('who says no leaves nothing opened, and nobody is asked about what may not be opened', async () => {
  expect(await follow('https://example.com', false)).toMatchObject({ known: true, opened: [] });
  for (const address of ['file:///etc/passwd', 'https://bank.example@evil.example', 'javascript:alert(1)'])
    expect(await follow(address, true)).toEqual({ known: false, titles: [], bodies: [], opened: [] });
});
