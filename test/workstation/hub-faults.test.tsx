// @vitest-environment happy-dom
import { afterEach, describe, expect, it } from 'vitest';
import { Banners } from '../../renderer/workstation/shell/Banners';
import { Stage } from './stage';

const at = Date.UTC(2026, 10, 24, 12);

describe('A fault of the hub itself', () => {
  let stage: Stage;
  afterEach(() => stage.close());

  it('is said for as long as something cannot be saved', () => {
    stage = new Stage(<Banners onPassphrase={() => undefined} />, { role: 'supervisor' });
    stage.tell({ name: 'faults.changed', faults: [{ kind: 'notSaved', at }] });
    expect(stage.text).toContain('cannot save a part');
    stage.tell({ name: 'faults.changed', faults: [] });
    expect(stage.text).not.toContain('cannot save a part');
  });

  it('that it got over stays until it was noted, and the next one is said again', () => {
    stage = new Stage(<Banners onPassphrase={() => undefined} />, { role: 'supervisor' });
    const restarted = (count: number, when: number) =>
      stage.tell({ name: 'faults.changed', faults: [{ kind: 'restarted', count, at: when }] });
    restarted(1, at);
    expect(stage.text).toContain('met an error');
    expect(stage.text).toContain('save a support file on the machine with the hub');
    stage.press('Understood');
    expect(stage.text).not.toContain('met an error');
    restarted(1, at);
    expect(stage.text).not.toContain('met an error');
    restarted(2, at + 1);
    expect(stage.text).toContain('met 2 errors');
  });
});
