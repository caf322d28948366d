// @vitest-environment happy-dom
import { act, type ReactNode } from 'react';
import { expect, onTestFinished, test } from 'vitest';
import { SignIn } from '../../renderer/workstation/first-run/SignIn';
import { AppProvider } from '../../renderer/workstation/lifecycle/app-context';
import type { App } from '../../renderer/workstation/lifecycle/app-store';
import { type Services, ServicesProvider, useServices } from '../../renderer/workstation/services/services';
import type { Profile } from '../../shared/desktop-api';
import { countingRandom, FakeTransport } from '../client/wire';
import { Stage } from './stage';

type Reset = (passphrase: string) => Promise<unknown>;

const transport = new FakeTransport();
const chime = { unlock: async () => undefined };

function Surroundings({ reset, children }: { reset: Reset | null; children: ReactNode }) {
  const desktop = reset && { call: (_name: string, passphrase: string) => reset(passphrase) };
  const services = { ...useServices(), desktop, transport, chime, random: countingRandom() } as unknown as Services;
  return (
    <ServicesProvider services={services}>
      <AppProvider app={{} as App}>{children}</AppProvider>
    </ServicesProvider>
  );
}

function open(mode: Profile['mode'], reset: Reset | null) {
  const stage = new Stage(
    <Surroundings reset={reset}>
      <SignIn agentUrl="ws://127.0.0.1:7800" mode={mode} />
    </Surroundings>,
  );
  onTestFinished(() => stage.close());
  const radio = stage.host.querySelector<HTMLInputElement>('input[value=passphrase]')!;
  act(() => radio.click());
  return stage;
}

function fill(input: HTMLInputElement, text: string) {
  act(() => {
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(input, text);
    input.dispatchEvent(new Event('input', { bubbles: true }));
  });
}

const forgot = 'Forgot the passphrase?';
const typed = (stage: Stage) => [...stage.host.querySelectorAll<HTMLInputElement>('input[type=password]')];
const submit = (stage: Stage) => act(async () => stage.host.querySelector('form')!.requestSubmit());

test('where the hub runs the passphrase is asked for, and what was restored is said', () => {
  const shown = (mode: Profile['mode'], isRestored: boolean) => {
    const stage = new Stage(
      <Surroundings reset={null}>
        <SignIn agentUrl="ws://127.0.0.1:7800" mode={mode} isRestored={isRestored} />
      </Surroundings>,
    );
    const found = [typed(stage).length, stage.text.includes('The backup has been restored.')];
    stage.close();
    return found;
  };
  expect(shown('host', true)).toEqual([1, true]);
  expect(shown('host', false)).toEqual([1, false]);
  expect(shown('join', false)).toEqual([0, false]);
});

test('a lost passphrase is offered a new one where the hub runs in this app, and nowhere else', () => {
  const offers = (mode: Profile['mode'], reset: Reset | null) => open(mode, reset).host.textContent?.includes(forgot);
  const reset = async () => true;
  expect([offers('host', reset), offers('join', reset), offers('host', null)]).toEqual([true, false, false]);
});

test('the new one is typed twice, set, and ready to sign in with', async () => {
  const resets: string[] = [];
  const outcomes = ['declined', 'notHere', 'reset'];
  const stage = open('host', async (passphrase) => outcomes[resets.push(passphrase) - 1]);
  stage.press(forgot);
  const [first, again] = typed(stage);
  fill(first!, 'four walls, a lamp');
  fill(again!, 'four walls, a lamP');
  await submit(stage);
  expect(stage.text).toContain('The two do not match.');
  expect(resets).toEqual([]);
  fill(again!, 'four walls, a lamp');
  await submit(stage);
  expect(stage.host.querySelector('[role=alert]')).toBeNull();
  await submit(stage);
  expect(stage.host.querySelector('[role=alert]')?.textContent).toContain('the passphrase is as it was');
  await submit(stage);
  expect(resets).toEqual(['four walls, a lamp', 'four walls, a lamp', 'four walls, a lamp']);
  expect(typed(stage).map(({ value }) => value)).toEqual(['four walls, a lamp']);
});

test('from another machine it says that somebody has to let this device in, and it can be given up', async () => {
  const stage = open('join', null);
  fill(typed(stage)[0]!, 'four walls, a lamp');
  await submit(stage);
  act(() => {
    transport.line.opened();
    transport.line.receive({ type: 'joinWaiting' });
  });
  expect(transport.line.sent[0]).toMatchObject({ auth: { kind: 'passphrase', passphrase: 'four walls, a lamp' } });
  expect(stage.text).toContain('Waiting to be let in');
  stage.press('Cancel');
  await stage.settle();
  expect(stage.text).toContain('Sign in');
  expect(stage.host.querySelector('[role=alert]')).toBeNull();
});

test('where several supervisors have a passphrase it asks whose this is', async () => {
  const stage = open('host', null);
  fill(typed(stage)[0]!, 'four walls, a lamp');
  await submit(stage);
  await act(async () => {
    transport.line.opened();
    transport.line.receive({ type: 'refused', cid: 'hello', code: 'nameNeeded', message: '' });
    transport.line.lose(4005);
  });
  const name = [...stage.host.querySelectorAll<HTMLInputElement>('input')].at(-1)!;
  expect(stage.text).toContain('Several supervisors have a passphrase');
  fill(name, ' Lea ');
  await submit(stage);
  act(() => transport.line.opened());
  expect(transport.line.sent[0]).toMatchObject({ auth: { name: 'Lea' } });
});
