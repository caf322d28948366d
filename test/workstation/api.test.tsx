// @vitest-environment happy-dom
import { act } from 'react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ApiPage } from '../../renderer/workstation/settings/api/ApiPage';
import { Stage } from './stage';

const token = {
  ...{ tokenId: 'apiToken-1', name: 'Shop', scopes: ['messages:write', 'customers:read'] },
  ...{ madeAt: 1_800_000_000_000, usedAt: null as number | null },
};
const urls = ['http://127.0.0.1:7420/api/v1', 'https://192.168.1.5:7421/api/v1'];

describe('the page of the API', () => {
  let stage: Stage;
  const tell = (...apiTokens: object[]) => stage.tell({ name: 'apiTokens.changed', apiTokens, urls });
  beforeEach(() => {
    stage = new Stage(<ApiPage />);
    tell();
  });
  afterEach(() => stage.close());

  it('says where the API is, and opens its guide', () => {
    for (const url of urls) expect(stage.text).toContain(url);
    stage.press('Open the guide');
    expect(stage.opened).toEqual(['http://127.0.0.1:7420/api/v1/docs']);
  });

  it('makes a token of what is chosen, and shows it once', async () => {
    stage.press('Make a token');
    expect(stage.named<HTMLButtonElement>('Make the token').disabled).toBe(true);
    stage.type('Name', 'Shop');
    expect(stage.named<HTMLButtonElement>('Make the token').disabled).toBe(true);
    act(() => stage.named('Write messages and notes').click());
    stage.press('Make the token');
    expect(stage.sent('apiToken.make')).toMatchObject({ name: 'Shop', scopes: ['messages:write'] });
    await stage.answer('apiToken.make', {
      type: 'ack',
      seq: 11,
      result: { tokenId: 'apiToken-1', token: 'abc-secret' },
    });
    tell(token);
    expect(stage.text).toContain('abc-secret');
    stage.press('Close');
    expect(stage.text).not.toContain('abc-secret');
  });

  it('says what each may and when it was last used', () => {
    tell(token);
    expect(stage.text).toContain('Read who customers are');
    expect(stage.text).toContain('Never');
    tell({ ...token, usedAt: 1_800_003_600_000 });
    expect(stage.text).toContain('or later');
  });

  it('revokes one after a question', async () => {
    tell(token);
    stage.press('Revoke the token Shop');
    expect(stage.sent('apiToken.revoke')).toBeUndefined();
    expect(stage.text).toContain('shut out at once');
    act(() => [...document.querySelectorAll<HTMLElement>('[role=dialog] button')].at(-1)?.click());
    expect(stage.sent('apiToken.revoke')).toMatchObject({ tokenId: 'apiToken-1' });
  });

  it('makes no more than there may be', () => {
    tell(...Array.from({ length: 20 }, (_, at) => ({ ...token, tokenId: `apiToken-${at}`, name: `Shop ${at}` })));
    expect(stage.named<HTMLButtonElement>('Make a token').disabled).toBe(true);
  });
});
