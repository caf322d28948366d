// @vitest-environment happy-dom
import { act, type ReactNode } from 'react';
import { expect, onTestFinished, test } from 'vitest';
import { JoinForm } from '../../renderer/workstation/first-run/JoinForm';
import { type Services, ServicesProvider, useServices } from '../../renderer/workstation/services/services';
import type { Transport } from '../../shared/client/transport';
import type { PairResult } from '../../shared/desktop-api';
import { countingRandom, FakeTransport } from '../client/wire';
import { Stage } from './stage';

/** A desktop whose pairing ends so. */
function OnDesktop({
  paired,
  transport,
  children,
}: {
  paired: PairResult;
  transport?: Transport;
  children: ReactNode;
}) {
  const call = async (name: string) => (name === 'hub.pair' ? paired : []);
  const random = countingRandom();
  const services = { ...useServices(), desktop: { call }, transport, random } as unknown as Services;
  return <ServicesProvider services={services}>{children}</ServicesProvider>;
}

function fill(input: HTMLInputElement, text: string) {
  act(() => {
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(input, text);
    input.dispatchEvent(new Event('input', { bubbles: true }));
  });
}

test.each([
  ['en', 3_400, 'Wait 0:04'],
  ['zh', 59_500, '请等待 1:00'],
] as const)('who has tried too often is told how long to wait (%s)', async (language, retryAfterMs, words) => {
  const paired: PairResult = { ok: false, reason: 'tooManyTries', retryAfterMs };
  const stage = new Stage(
    <OnDesktop paired={paired}>
      <JoinForm invitation="" onBack={() => undefined} onEntered={() => undefined} />
    </OnDesktop>,
    { language },
  );
  onTestFinished(() => stage.close());
  const [address, code] = [...stage.host.querySelectorAll('form input')] as [HTMLInputElement, HTMLInputElement];
  fill(address, '192.0.2.1:7802');
  fill(code, 'K7QM-2XPA-9TRC');
  await act(async () => stage.host.querySelector('form')!.requestSubmit());
  expect(stage.host.querySelector('[role=alert]')?.textContent).toContain(words);
  fill(code, 'K7QM-2XPA-9TRD');
  expect(stage.text).not.toContain(words);
});

test('what was wrong with an address is not said of the next one', async () => {
  const stage = new Stage(
    <OnDesktop paired={{ ok: false, reason: 'unreachable' }}>
      <JoinForm invitation="" onBack={() => undefined} onEntered={() => undefined} />
    </OnDesktop>,
  );
  onTestFinished(() => stage.close());
  const [address, code] = [...stage.host.querySelectorAll('form input')] as [HTMLInputElement, HTMLInputElement];
  fill(address, '192.0.2.1:7802');
  fill(code, 'K7QM-2XPA-9TRC');
  await act(async () => stage.host.querySelector('form')!.requestSubmit());
  expect(address.getAttribute('aria-invalid')).toBe('true');
  fill(address, '192.0.2.2:7802');
  expect(address.getAttribute('aria-invalid')).not.toBe('true');
});

test('an invitation opened outside says where it leads, and does nothing before its person knows who sent it', async () => {
  const transport = new FakeTransport();
  const link = `foyer://192.0.2.66:7802/#fp=${'a'.repeat(43)}&k=${'k'.repeat(22)}`;
  const stage = new Stage(
    <OnDesktop paired={{ ok: false, reason: 'unreachable' }} transport={transport}>
      <JoinForm invitation={link} onBack={() => undefined} onEntered={() => undefined} />
    </OnDesktop>,
  );
  onTestFinished(() => stage.close());
  expect(stage.text).toContain('192.0.2.66:7802');
  expect(stage.text).toContain('Who sent it to you?');
  const submit = () => act(async () => stage.host.querySelector('form')!.requestSubmit());
  await submit();
  expect(transport.lines).toEqual([]);
  act(() => stage.host.querySelector<HTMLInputElement>('input[type=checkbox]')!.click());
  await submit();
  expect(transport.lines.map(({ url }) => new URL(url).host)).toEqual(['192.0.2.66:7802']);
});

test.each([
  ['without its secret', `foyer://192.0.2.66:7802/#fp=${'a'.repeat(43)}`],
  ['with a secret cut short', `foyer://192.0.2.66:7802/#fp=${'a'.repeat(43)}&k=${'k'.repeat(7)}`],
  ['with nothing', 'foyer://'],
])('an invitation %s is said to be incomplete, and nothing else is asked', async (_what, link) => {
  const stage = new Stage(
    <OnDesktop paired={{ ok: false, reason: 'unreachable' }}>
      <JoinForm invitation={link} onBack={() => undefined} onEntered={() => undefined} />
    </OnDesktop>,
  );
  onTestFinished(() => stage.close());
  const [address, ...others] = [...stage.host.querySelectorAll<HTMLInputElement>('form input')];
  expect([address!.getAttribute('aria-invalid'), others]).toEqual(['true', []]);
  expect(stage.text).toMatch(/link is not complete.*ask a supervisor for a new one/);
  const go = stage.host.querySelector<HTMLButtonElement>('button[type=submit]')!;
  expect(go.disabled).toBe(true);
  fill(address!, '192.0.2.66:7802');
  expect([go.disabled, stage.host.querySelectorAll('form input').length]).toEqual([false, 2]);
});
