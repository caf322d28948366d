// @vitest-environment happy-dom
import { MantineProvider } from '@mantine/core';
import { act } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { I18nextProvider } from 'react-i18next';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HubFailed } from '../../renderer/workstation/first-run/HubFailed';
import { AppProvider } from '../../renderer/workstation/lifecycle/app-context';
import type { App } from '../../renderer/workstation/lifecycle/app-store';
import { type Services, ServicesProvider } from '../../renderer/workstation/services/services';
import { createWords } from '../../renderer/workstation/ui/text';
import type { Damage } from '../../shared/damage';
import type { HostingState } from '../../shared/desktop-api';

const customers = { host: null, publicUrl: null, trustedProxies: [] };
const running: HostingState = {
  state: 'running',
  agentUrl: 'ws://127.0.0.1:1/ws',
  customerUrl: '',
  lan: null,
  customers,
};
const damage: Damage = {
  file: 'journal/000002.jsonl',
  line: 17,
  why: 'its checksum is wrong',
  choices: [
    { kind: 'cut', keepsSeq: 40, keepsAt: Date.UTC(2026, 2, 3, 10), losesRecords: 1 },
    { kind: 'snapshot', keepsSeq: 30, keepsAt: Date.UTC(2026, 2, 3, 9), losesRecords: 12 },
  ],
};

describe('the hub on this machine does not run', () => {
  let host: HTMLElement;
  let root: Root;
  let calls: unknown[][];
  let answer: HostingState | null;
  let begun: number;
  let isRestored: boolean | undefined;

  beforeEach(() => {
    Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
    window.matchMedia ??= (() => ({ matches: false, addEventListener() {}, removeEventListener() {} })) as never;
    host = document.body.appendChild(document.createElement('div'));
    root = createRoot(host);
    calls = [];
    answer = running;
    begun = 0;
  });
  afterEach(() => {
    act(() => root.unmount());
    host.remove();
  });

  function show(props: { message: string; damage: Damage | null }) {
    const call = async (...args: unknown[]) => {
      calls.push(args);
      return answer;
    };
    const begin = async (restored?: boolean) => {
      isRestored = restored;
      begun += 1;
    };
    const app = { begin } as unknown as App;
    const services = { desktop: { call, on: () => () => {} } } as unknown as Services;
    act(() =>
      root.render(
        <MantineProvider env="test">
          <I18nextProvider i18n={createWords('en')}>
            <ServicesProvider services={services}>
              <AppProvider app={app}>
                <HubFailed {...props} />
              </AppProvider>
            </ServicesProvider>
          </I18nextProvider>
        </MantineProvider>,
      ),
    );
  }

  async function press(name: string) {
    const found = [...host.querySelectorAll('button')].find(
      (each) => each.getAttribute('aria-label') === name || each.textContent === name,
    );
    if (!found) throw new Error(`There is no "${name}" in: ${host.textContent}`);
    await act(async () => found.click());
  }

  it('says what is damaged and what each way loses, the one that loses least first and chosen', async () => {
    show({ message: '', damage });
    expect(host.textContent).toContain('journal/000002.jsonl, line 17');
    expect(host.textContent).toContain('its checksum is wrong');
    expect(host.textContent).toMatch(/1 later entry is lost.*12 later entries are lost.*Everything after the backup/s);
    await press('Start this way');
    expect(calls).toEqual([['hub.recover', 'cut']]);
    expect(begun).toBe(1);
  });

  it('starts in the way that was picked', async () => {
    show({ message: '', damage });
    await press('Start from the last saved state');
    await press('Start this way');
    expect(calls).toEqual([['hub.recover', 'snapshot']]);
  });

  it('goes nowhere when no backup was picked', async () => {
    show({ message: '', damage });
    answer = null;
    await press('Restore a backup');
    await press('Pick a backup …');
    expect(calls).toEqual([['hub.restore']]);
    expect(begun).toBe(0);
  });

  it('says why it did not work, and lets try again', async () => {
    show({ message: '', damage });
    answer = { state: 'failed', code: 'badBackup', message: 'It is not a whole one.', damage: null };
    await press('Restore a backup');
    await press('Pick a backup …');
    expect(host.querySelector('[role=alert]')?.textContent).toContain('It is not a whole one.');
    expect(begun).toBe(0);
  });

  it('asks for the passphrase of a backup that was made with one, and says when it is another', async () => {
    show({ message: '', damage });
    answer = { state: 'failed', code: 'wrongPassphrase', message: 'It was made with a passphrase.', damage: null };
    await press('Restore a backup');
    await press('Pick a backup …');
    expect(host.querySelector('[role=alert]')).toBeNull();
    const field = host.querySelector<HTMLInputElement>('input[type=password]')!;
    expect(document.activeElement).toBe(field);
    await act(async () => {
      Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')!.set!.call(field, 'seven sleepy sealz');
      field.dispatchEvent(new Event('input', { bubbles: true }));
    });
    await press('Restore it');
    expect(host.querySelector('[role=alert]')).toBeNull();
    const described = field.getAttribute('aria-describedby')!.split(' ');
    expect(described.map((id) => document.getElementById(id)?.textContent).join()).toMatch(/not the passphrase/);
    answer = running;
    await press('Restore it');
    expect(calls.slice(1)).toEqual([
      ['hub.restorePicked', 'seven sleepy sealz'],
      ['hub.restorePicked', 'seven sleepy sealz'],
    ]);
    expect(begun).toBe(1);
    expect(isRestored).toBe(true);
  });

  it('offers only a backup where nothing else is left', async () => {
    show({ message: '', damage: { ...damage, choices: [] } });
    await press('Pick a backup …');
    expect(calls).toEqual([['hub.restore']]);
  });

  it('says any other reason, and tries again', async () => {
    show({ message: 'Another hub is using the folder.', damage: null });
    expect(host.textContent).toContain('Another hub is using the folder.');
    await press('Try again');
    expect(calls).toEqual([['hub.resume']]);
    expect(begun).toBe(1);
  });
});
