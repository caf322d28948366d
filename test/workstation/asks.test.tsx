// @vitest-environment happy-dom
import { act } from 'react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AsksPage } from '../../renderer/workstation/settings/team/AsksPage';
import { asksDefault } from '../../shared/protocol/asks';
import { Stage } from './stage';

const office = { name: 'Nordlys', sample: false, diskSpace: 'plenty', retentionDays: 365, tags: [], wrapUpCodes: [] };

describe('What customers are asked', () => {
  let stage: Stage;
  const tell = (asks: object) => stage.tell({ name: 'office.changed', office: { ...office, dateJump: null, asks } });
  const shown = () =>
    [...stage.host.querySelectorAll<HTMLInputElement>('input:not([type=hidden])')].map((each) => each.value);
  beforeEach(() => {
    stage = new Stage(<AsksPage />);
    tell(asksDefault);
  });
  afterEach(() => stage.close());

  it('is shown, and can’t be saved as it is', () => {
    expect(shown().slice(0, 2)).toEqual(['Ask, has to be filled in', 'Don’t ask']);
    expect(stage.named<HTMLButtonElement>('Save').disabled).toBe(true);
  });

  it('is saved as a whole', () => {
    act(() => stage.host.querySelector<HTMLInputElement>('[role=switch]')?.click());
    stage.press('Save');
    expect(stage.sent('office.put')).toMatchObject({ asks: { ...asksDefault, group: false } });
  });

  it('follows what a colleague has set', () => {
    tell({ name: 'optional', contact: 'required', group: true });
    expect(shown().slice(0, 2)).toEqual(['Ask, may stay empty', 'Ask, has to be filled in']);
  });
});
