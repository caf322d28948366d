// @vitest-environment happy-dom
import { useState } from 'react';
import { afterEach, describe, expect, it } from 'vitest';
import type { SettingsTab } from '../../renderer/workstation/navigation/settings-tabs';
import { SettingsPage } from '../../renderer/workstation/settings/SettingsPage';
import { noDrafts, type SettingsDrafts } from '../../renderer/workstation/settings/settings-drafts';
import { workingHours } from '../../shared/protocol/hours';
import { defaultSettings, type SettingPath, settingRanges } from '../../shared/routing/settings';
import { group } from './office';
import { Stage } from './stage';

let stage: Stage;
afterEach(() => stage.close());

function Page({ tab, drafts: first }: { tab: SettingsTab; drafts: SettingsDrafts }) {
  const [drafts, setDrafts] = useState(first);
  const [shown, setShown] = useState(tab);
  return <SettingsPage tab={shown} onTab={setShown} drafts={drafts} onDrafts={setDrafts} />;
}

function open(tab: SettingsTab, options: { groupId?: string; language?: 'en' | 'zh'; support?: object } = {}) {
  const { groupId = null, language = 'en', support = {} } = options;
  stage = new Stage(<Page tab={tab} drafts={{ ...noDrafts, groupId }} />, { language });
  const settings = defaultSettings();
  // What a switch hides is to be seen too.
  settings.routing.agentPriority = true;
  settings.routing.lastReceptionist = true;
  settings.reception.redirect.enabled = true;
  settings.reception.shortBreak.enabled = true;
  stage.tell(
    { name: 'settings.changed', settings },
    { name: 'group.changed', group: group('g1', { name: 'Support', ...support }) },
  );
}

const paths = Object.keys(settingRanges) as SettingPath[];
const control = (path: string) => stage.host.querySelector(`[data-setting="${path}"]`);

describe('the settings page', () => {
  it.each([
    ['en', /Applies to /, /default/],
    ['zh', /适用于/, /默认|内置语句/],
  ] as const)(
    'has for every setting its help, default, range and when it applies (%s)',
    (language, applies, standard) => {
      open('routing', { language });
      for (const path of paths) {
        const row = control(path)?.closest('[class*="row"]:has(h3)');
        const words = row?.textContent ?? '';
        expect([path, words]).toEqual([path, expect.stringMatching(applies)]);
        if (settingRanges[path].kind !== 'text') expect([path, words]).toEqual([path, expect.stringMatching(standard)]);
        expect(row?.querySelector('p')?.textContent?.length).toBeGreaterThan(3);
        const field = settingRanges[path];
        if (field.kind === 'number') expect(words).toMatch(new RegExp(`${field.min} \\S+ ${field.max}`));
      }
    },
  );

  it('says a text as it stands: built in, in own words, or not at all', () => {
    open('routing');
    const box = () => control('texts.redirected') as HTMLTextAreaElement;
    expect([box().value, box().placeholder]).toEqual(['', expect.stringContaining('You keep your place.')]);
    stage.press('At a redirect: use the built-in sentence');
    expect([box().value, box().placeholder]).toEqual(['', '']);
    expect(stage.text).toContain('Nothing is said.');
    stage.type('At a redirect', 'One moment');
    stage.press('Save');
    expect(stage.sent('settings.update')?.settings).toEqual({ texts: { redirected: 'One moment' } });
  });
});

describe('[SE1] the settings of one group', () => {
  const own = { settings: { wrapUpSeconds: 20, texts: { redirected: '' } } };

  it('are all but presence, each as the office has it or its own', () => {
    open('routing', { groupId: 'g1', support: own });
    const shown = paths.filter((path) => control(path) !== null);
    expect(shown).toEqual(paths.filter((path) => !path.startsWith('presence.')));
    expect(stage.text.split('Own value of this group.')).toHaveLength(3);
    expect(stage.text).toContain('Own value of this group. The office has: 0 s');
  });

  it('are saved all together: what was its own, what is changed, not what is given back', () => {
    open('routing', { groupId: 'g1', support: own });
    stage.press('Reset to the office’s: Time for wrapping up');
    stage.press('Automatic reception');
    stage.press('Save');
    expect(stage.sent('group.put')).toMatchObject({
      groupId: 'g1',
      name: 'Support',
      settings: { reception: { automatic: true }, texts: { redirected: '' } },
    });
    expect(stage.sent('group.put')?.settings).not.toHaveProperty('wrapUpSeconds');
  });

  it('may be its own though the office has the same now', () => {
    open('routing', { groupId: 'g1', support: { settings: { reception: { automatic: true } } } });
    stage.press('Automatic reception');
    stage.press('Save');
    expect(stage.sent('group.put')?.settings).toEqual({ reception: { automatic: false } });
  });

  it('are as before when a switch is put back', () => {
    open('routing', { groupId: 'g1' });
    stage.press('Automatic reception');
    expect(stage.text).toContain('1 change');
    stage.press('Automatic reception');
    expect(stage.text).not.toContain('1 change');
    expect(stage.text).not.toContain('Own value');
  });
});

const office = { name: 'Test', sample: false, retentionDays: 365, diskSpace: 'enough', tags: [], wrapUpCodes: [] };
const tellOffice = (fields: object) =>
  stage.tell({
    name: 'office.changed',
    office: {
      ...office,
      asks: { name: 'optional', contact: 'off', group: true },
      dateJump: null,
      ...fields,
    } as never,
  });

describe('[HR1] the hours page of a group', () => {
  const sentHours = () => stage.sent('group.put')?.hours as typeof hours;
  const hours = {
    timeZone: 'Asia/Shanghai',
    weekly: [{ day: 1, from: '09:00', to: '12:00' }],
    holidays: [],
  };
  const monday = Date.UTC(2026, 10, 23, 4, 0);

  it('says in words whether it is open and until when, in the time of the group', () => {
    open('hours', { groupId: 'g1', support: { hours, changesAt: monday } });
    expect(stage.text).toMatch(/Open now\. Closes Monday.*23.* 12:00/);
    stage.tell({ name: 'group.changed', group: group('g1', { hours, open: false, changesAt: null }) });
    expect(stage.text).toContain('Closed, and it never opens by these hours.');
  });

  it('makes the usual week where the office has none, in the time zone of this machine', () => {
    open('hours', { groupId: 'g1' });
    expect(stage.text).toContain('Open now, always.');
    stage.press('As the office');
    stage.press('Save');
    const sent = stage.sent('group.put');
    expect(workingHours.parse(sent?.hours)).toMatchObject({
      timeZone: new Intl.DateTimeFormat().resolvedOptions().timeZone,
    });
    expect(sentHours().weekly).toHaveLength(5);
    expect(sent).not.toHaveProperty('settings');
  });

  it('has several periods a day, copied to the other workdays', () => {
    open('hours', { groupId: 'g1', support: { hours } });
    stage.press('Add a period on Monday');
    stage.press('Copy to Mon–Fri: Monday');
    stage.press('Save');
    const { weekly } = sentHours();
    expect(weekly).toHaveLength(10);
    expect(weekly.slice(8)).toEqual([
      { day: 5, from: '09:00', to: '12:00' },
      { day: 5, from: '13:00', to: '17:00' },
    ]);
  });

  it('says beside the field what is wrong, and saves nothing', () => {
    open('hours', { groupId: 'g1', support: { hours } });
    stage.type('Monday: to', '08:00');
    expect(stage.text).toContain('The end must be later than the start.');
    stage.type('Monday: to', '25:00');
    expect(stage.text).toContain('A time like 09:30.');
    stage.press('Save');
    expect(stage.sent('group.put')).toBeUndefined();
    stage.type('Monday: to', '24:00');
    expect(stage.text).not.toContain('A time like');
  });

  it('is always open by one click, also where the office has hours, and has hours again by another', () => {
    open('hours', { groupId: 'g1' });
    expect(stage.has('Always open')).toBe(false);
    tellOffice({ hours });
    stage.press('Always open');
    expect(stage.text).not.toContain('Time zone');
    stage.press('Save');
    expect(workingHours.parse(sentHours())).toMatchObject({ timeZone: 'Asia/Shanghai', holidays: [] });
    expect(sentHours().weekly.map(({ day, from, to }) => `${day} ${from} ${to}`)).toEqual(
      [1, 2, 3, 4, 5, 6, 7].map((day) => `${day} 00:00 24:00`),
    );
    stage.press('Always open');
    expect(stage.has('Add a period on Monday')).toBe(true);
  });

  it('closes on a holiday, and takes a date once', () => {
    open('hours', { groupId: 'g1', support: { hours } });
    stage.press('Add a holiday');
    expect(stage.text).toContain('Please choose a date.');
    stage.type('Date', '2026-12-25');
    stage.type('Name of the holiday', 'Christmas Day');
    stage.press('Save');
    expect(sentHours().holidays).toEqual([{ date: '2026-12-25', name: 'Christmas Day', periods: [] }]);
    stage.press('Add a holiday');
    const second = [...document.querySelectorAll<HTMLInputElement>('[aria-label="Date"]')].at(-1);
    second?.setAttribute('aria-label', 'second date');
    stage.type('second date', '2026-12-25');
    expect(stage.text).toContain('There is a holiday on this date already.');
  });
});

describe('[HR1] the hours page of the office', () => {
  const hours = { timeZone: 'Asia/Shanghai', weekly: [{ day: 1, from: '09:00', to: '12:00' }], holidays: [] };
  it('says which groups it applies to', () => {
    open('hours');
    stage.tell({ name: 'group.changed', group: group('g2', { name: 'Orders' }) });
    stage.tell({ name: 'group.changed', group: group('g3', { name: 'Returns', hours }) });
    expect(stage.text).toContain('Applies to all skill groups without hours of their own: Orders and Support.');
    stage.tell({ name: 'group.changed', group: group('g1', { name: 'Support', hours }) });
    stage.tell({ name: 'group.changed', group: group('g2', { name: 'Orders', hours }) });
    expect(stage.text).toContain('Applies to new skill groups; all others have hours of their own.');
  });

  it('says it in Chinese', () => {
    open('hours', { language: 'zh' });
    expect(stage.text).toContain('适用于所有没有自有营业时间的技能组：Support。');
  });

  it('sends the office’s hours', () => {
    open('hours');
    tellOffice({ hours: null });
    stage.press('Always open');
    stage.press('Add a holiday');
    stage.type('Date', '2026-12-25');
    stage.press('Save');
    expect(workingHours.parse(stage.sent('officeHours.put')?.hours).holidays).toMatchObject([{ date: '2026-12-25' }]);
    expect(stage.sent('group.put')).toBeUndefined();
  });

  it('takes them back to always open', () => {
    open('hours');
    tellOffice({ hours });
    stage.press('Always open');
    stage.press('Save');
    expect(stage.sent('officeHours.put')?.hours).toBeNull();
  });

  it('are what a group that follows opens and closes by, and what its own begin with', () => {
    open('hours', { groupId: 'g1', support: { changesAt: Date.UTC(2026, 10, 23, 4, 0) } });
    tellOffice({ hours });
    expect(stage.text).toMatch(/Open now\. Closes Monday.*23.* 12:00/);
    stage.press('As the office');
    stage.press('Add a period on Tuesday');
    stage.press('Save');
    expect(stage.sent('group.put')?.hours).toMatchObject({
      timeZone: 'Asia/Shanghai',
      weekly: [{ day: 1, from: '09:00', to: '12:00' }, { day: 2 }],
    });
  });
});
