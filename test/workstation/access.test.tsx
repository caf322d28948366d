// @vitest-environment happy-dom
import { act } from 'react';
import { expect, onTestFinished, test } from 'vitest';
import { AccessPage } from '../../renderer/workstation/settings/office/AccessPage';
import { HubKey } from '../../renderer/workstation/settings/office/HubKey';
import { PassphraseBanner } from '../../renderer/workstation/shell/PassphraseBanner';
import { Stage } from './stage';

const passphrase = (own: string, office: boolean) => ({ name: 'passphrase.changed', own, office });

function open(node: React.ReactNode, options: ConstructorParameters<typeof Stage>[1] = {}) {
  const stage = new Stage(node, options);
  onTestFinished(() => stage.close());
  return stage;
}

test('a supervisor is asked for a passphrase where nobody has one, or theirs is of older rules, and led there', () => {
  let led = 0;
  const stage = open(<PassphraseBanner onOpen={() => (led += 1)} />);
  const asked = () => stage.text.includes('Set a passphrase');
  expect(asked()).toBe(false);
  const shown = (['none', 'short', 'set'] as const).map((own) => {
    stage.tell(passphrase(own, true));
    return asked();
  });
  expect(shown).toEqual([false, true, false]);
  stage.tell(passphrase('none', false));
  expect(stage.text).toContain('No supervisor has a passphrase.');
  stage.press('Set a passphrase');
  expect(led).toBe(1);
});

test('nobody else is asked', () => {
  const stage = open(<PassphraseBanner onOpen={() => undefined} />, { role: 'agent' });
  stage.tell(passphrase('none', false));
  expect(stage.text.includes('Set a passphrase')).toBe(false);
});

test('the first passphrase needs no old one; a common one is refused on the page already', async () => {
  const stage = open(<AccessPage />);
  stage.tell(passphrase('none', false));
  const [first, again, ...more] = [...stage.host.querySelectorAll<HTMLInputElement>('input[type=password]')];
  expect(more).toEqual([]);
  const fill = (input: HTMLInputElement, text: string) =>
    act(() => {
      Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(input, text);
      input.dispatchEvent(new Event('input', { bubbles: true }));
    });
  fill(first!, 'password1234');
  expect(stage.text).toContain('one of the first that is guessed');
  fill(first!, 'four walls, a lamp');
  fill(again!, 'four walls, a lamp');
  await act(async () => stage.host.querySelector('form')!.requestSubmit());
  const { op: _op, ...sent } = stage.sent('passphrase.change')!;
  expect(sent).toMatchObject({ new: 'four walls, a lamp' });
  expect(sent).not.toHaveProperty('old');
});

test('an agent finds their own devices there, and no passphrase', () => {
  const stage = open(<AccessPage />, { role: 'agent' });
  const device = { deviceId: 'd2', agentId: 'me', label: 'Phone', addedAt: 0, usedAt: null };
  stage.tell({ name: 'device.changed', device });
  expect(stage.host.querySelector('input[type=password]')).toBeNull();
  stage.press('Sign out Phone');
  expect(stage.sent('device.revoke')).toMatchObject({ deviceId: 'd2' });
});

test('the hub’s key is changed in two steps, each after it has been said what happens', () => {
  const stage = open(<HubKey />);
  expect(stage.text).not.toContain('The hub’s key');
  stage.tell({ name: 'hubKey.changed', pins: ['a'.repeat(43)], switchesAt: null });
  stage.press('Change the key');
  expect(document.body.textContent).toContain('follow by themselves; then the old key ends');
  expect(stage.sent('hubKey.rotate')).toBeUndefined();
  const confirm = () =>
    act(() => [...document.querySelectorAll<HTMLButtonElement>('[role=dialog] button')].at(-1)!.click());
  confirm();
  expect(stage.sent('hubKey.rotate')).toMatchObject({ finish: false });
  stage.tell({ name: 'hubKey.changed', pins: ['a'.repeat(43), 'b'.repeat(43)], switchesAt: Date.UTC(2026, 11, 30) });
  expect(stage.text).toContain('A new key takes over on December 30, 2026');
  stage.press('Switch now');
  confirm();
  expect(stage.sent('hubKey.rotate')).toMatchObject({ finish: true });
});
