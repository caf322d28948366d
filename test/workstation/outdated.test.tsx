// @vitest-environment happy-dom
import { afterEach, expect, test } from 'vitest';
import { Banners } from '../../renderer/workstation/shell/Banners';
import { asksDefault } from '../../shared/protocol/asks';
import { Stage } from './stage';

let stage: Stage;
afterEach(() => stage.close());

const office = (sample: boolean) => ({
  name: 'office.changed',
  office: {
    ...{ name: 'Harbour Street', sample, retentionDays: 365, diskSpace: 'plenty', dateJump: null },
    ...{ tags: [], wrapUpCodes: [], asks: asksDefault },
  },
});

test.each([
  ['en', 'This window runs on Electron 25.1.1, which gets no security fixes any more.'],
  ['zh', '此窗口运行在 Electron 25.1.1 上'],
] as const)('an office that is real is told that its Electron is old, as long as it is (%s)', (language, words) => {
  stage = new Stage(<Banners onPassphrase={() => {}} />, { language, outdatedRuntime: '25.1.1' });
  stage.tell(office(false));
  expect(stage.text).toContain(words);
  stage.tell(office(true));
  expect(stage.text).not.toContain('25.1.1');
});

test('with the current Electron nothing is said', () => {
  stage = new Stage(<Banners onPassphrase={() => {}} />);
  stage.tell(office(false));
  expect(stage.text).not.toContain('Electron');
});
