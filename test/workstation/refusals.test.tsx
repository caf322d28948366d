// @vitest-environment happy-dom
import { afterEach, describe, expect, it } from 'vitest';
import { Banners } from '../../renderer/workstation/shell/Banners';
import type { RefusalView } from '../../shared/protocol/refusals';
import { Stage } from './stage';

const since = Date.UTC(2026, 10, 24, 12);

describe('What strangers are being refused', () => {
  let stage: Stage;
  const tell = (...refusals: Partial<RefusalView>[]) =>
    stage.tell({
      name: 'refusals.changed',
      refusals: refusals.map((each) => ({
        what: 'lines',
        address: '203.0.113.66',
        count: 1,
        since,
        at: since,
        ...each,
      })),
    });
  afterEach(() => stage.close());

  it('is one banner that keeps up with it, and goes when it is over', () => {
    stage = new Stage(<Banners onPassphrase={() => undefined} />, { role: 'supervisor' });
    tell({ what: 'leftMessages', count: 23 });
    expect(stage.text).toContain('Too many messages are left from 203.0.113.66.');
    expect(stage.text).toContain('Refused 23 times since');
    expect(stage.text).toContain('Everybody else is served as usual.');
    tell({ what: 'uploads' }, { what: 'leftMessages', count: 1_200 });
    expect(stage.text).toContain('Refused 1,200 times since');
    expect(stage.text).toContain('One more thing is being refused.');
    tell();
    expect(stage.text).not.toContain('Refused');
  });

  it('names no address where there is no room left for anybody', () => {
    stage = new Stage(<Banners onPassphrase={() => undefined} />, { role: 'supervisor' });
    tell({ what: 'conversations', address: null });
    expect(stage.text).toContain('So many conversations are open that new ones are refused.');
    expect(stage.text).not.toContain('served as usual');
  });
});
