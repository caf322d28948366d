// @vitest-environment happy-dom
import { afterEach, describe, expect, it } from 'vitest';
import { Banners } from '../../renderer/workstation/shell/Banners';
import { Stage } from './stage';

const from = Date.UTC(2026, 10, 24, 12);
const to = Date.UTC(2031, 0, 2, 12);
const office = { name: 'Nordlys', sample: false, diskSpace: 'plenty', retentionDays: 365, tags: [], wrapUpCodes: [] };

describe('A date that jumped', () => {
  let stage: Stage;
  const show = (role: 'agent' | 'supervisor', dateJump: object | null) => {
    stage = new Stage(<Banners onPassphrase={() => {}} />, { role });
    stage.tell({ name: 'office.changed', office: { ...office, dateJump } });
  };
  afterEach(() => stage.close());

  it('is said to a supervisor, who confirms it', () => {
    show('supervisor', { from, to });
    expect(stage.text).toMatch(/date went from .*2026.* to .*2031/);
    stage.press('The date is right');
    expect(stage.sent('date.confirm')).toBeDefined();
    stage.tell({ name: 'office.changed', office: { ...office, dateJump: null } });
    expect(stage.text).not.toContain('date went');
  });

  it('is nothing an agent can do anything about', () => {
    show('agent', { from, to });
    expect(stage.text).not.toContain('date went');
  });
});
