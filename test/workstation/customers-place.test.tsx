// @vitest-environment happy-dom
import { act } from 'react';
import { expect, onTestFinished, test } from 'vitest';
import { CustomersPlace } from '../../renderer/workstation/settings/office/CustomersPlace';
import type { DesktopApi, HostingState, CustomersPlace as Place } from '../../shared/desktop-api';
import { Stage } from './stage';

const here: Place = { host: null, publicUrl: null, trustedProxies: [] };
const running = (customers: Place): HostingState => ({
  ...{ state: 'running', agentUrl: 'ws://127.0.0.1:7800', customerUrl: '', lan: null },
  customers,
});

async function open(answer: (place: Place) => HostingState) {
  const asked: Place[] = [];
  const call = async (name: string, place: Place) => {
    if (name === 'hub.addresses') return ['192.0.2.5'];
    if (name === 'hub.state') return running(here);
    asked.push(place);
    return answer(place);
  };
  const stage = new Stage(<CustomersPlace desktop={{ call } as unknown as DesktopApi} />);
  onTestFinished(() => stage.close());
  await act(async () => undefined);
  const [proxy, plain] = [...stage.host.querySelectorAll<HTMLInputElement>('input[role=switch]')];
  const press = (box: HTMLInputElement | undefined) => act(() => box!.click());
  const save = () => act(async () => stage.host.querySelector('form')!.requestSubmit());
  return { stage, asked, save, proxy: () => press(proxy), plain: () => press(plain) };
}

function fill(stage: Stage, index: number, text: string) {
  const input = stage.host.querySelectorAll<HTMLInputElement>('input:not([role=switch])')[index]!;
  act(() => {
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(input, text);
    input.dispatchEvent(new Event('input', { bubbles: true }));
  });
}

test('behind a proxy: an https origin, and whose word is believed', async () => {
  const { stage, asked, save, proxy } = await open(running);
  proxy();
  fill(stage, 0, 'http://chat.example.com');
  expect(stage.text).toContain('Begins with https://');
  expect(stage.named<HTMLButtonElement>('Save').disabled).toBe(true);
  fill(stage, 0, 'https://chat.example.com');
  fill(stage, 1, '127.0.0.1, ::1');
  await save();
  expect(asked).toEqual([{ host: null, publicUrl: 'https://chat.example.com', trustedProxies: ['127.0.0.1', '::1'] }]);
  expect(stage.host.querySelector('[role=status]')?.textContent).toContain('Saved');
});

test('plainly on the network: only as a choice of its own, with its warning; what failed changed nothing', async () => {
  const failed = { state: 'failed', code: 'portInUse', message: '', damage: null } as const;
  const { stage, asked, save, plain } = await open(() => failed);
  expect(stage.text).not.toContain('read and change what customers write');
  plain();
  expect(stage.text).toContain('read and change what customers write');
  await save();
  expect(asked).toEqual([{ host: '0.0.0.0', publicUrl: null, trustedProxies: [] }]);
  expect(stage.host.querySelector('[role=alert]')?.textContent).toContain('nothing was changed');
});

test('what is as it was cannot be saved: saving starts the hub anew', async () => {
  const { stage, asked, save, proxy } = await open(running);
  const isOff = () => stage.named<HTMLButtonElement>('Save').disabled;
  expect(isOff()).toBe(true);
  await save();
  expect(asked).toEqual([]);
  proxy();
  fill(stage, 0, 'https://chat.example.com');
  expect(isOff()).toBe(false);
  await save();
  expect(isOff()).toBe(true);
});
