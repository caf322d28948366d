// @vitest-environment happy-dom
import { act, type ReactNode } from 'react';
import { afterEach, expect, it } from 'vitest';
import { type Services, ServicesProvider, useServices } from '../../renderer/workstation/services/services';
import { Thread } from '../../renderer/workstation/thread/Thread';
import type { AttachmentView } from '../../shared/protocol/attachments';
import { message } from './office';
import { Stage } from './stage';

let stage: Stage;
afterEach(() => stage.close());

const picture = (id: string, fields: Partial<AttachmentView> = {}): AttachmentView => ({
  ...{ attachmentId: id.repeat(64), type: 'image/png', bytes: 20_480, name: `${id}.png`, width: 640, height: 480 },
  ...fields,
});
const large = { width: 5_000, height: 4_000 };

const turn = () => act(() => new Promise<void>((resolve) => setTimeout(resolve)));
const viewer = () => document.querySelector('[role="dialog"]');
const viewed = () => viewer()?.querySelector('img')?.alt;

/** One message with these files. */
async function open(
  attachments: AttachmentView[],
  Around: (props: { children: ReactNode }) => ReactNode = ({ children }) => children,
) {
  const thread = { earlier: false, onEarlier: async () => true, isLive: false, customerName: 'Mei Chen' };
  stage = new Stage(
    <Around>
      <Thread {...thread} messages={[message('m1', { attachments })]} />
    </Around>,
  );
  await turn();
}

it('a click shows the picture large; it is saved there, and Escape closes', async () => {
  await open([picture('1')]);
  stage.press('Look at 1.png');
  await turn();
  expect(viewed()).toBe('1.png');
  expect(viewer()?.textContent).toContain('20 kB');
  expect(viewer()?.textContent).not.toContain('1 of 1');
  stage.press('Save 1.png');
  await turn();
  expect(stage.saved).toMatchObject([{ name: '1.png' }]);
  stage.key('Escape');
  await turn();
  expect(viewer()).toBe(null);
});

it('one goes on to the next and back, by button and arrow, not to files and not to what waits for a click', async () => {
  const pdf = picture('4', { type: 'application/pdf', name: 'invoice.pdf' });
  await open([picture('1'), pdf, picture('2', large), picture('3')]);
  stage.press('Look at 1.png');
  await turn();
  expect(viewer()?.textContent).toContain('1 of 2');
  expect(stage.named<HTMLButtonElement>('Previous picture').disabled).toBe(true);
  stage.press('Next picture');
  await turn();
  expect(viewed()).toBe('3.png');
  expect(stage.named<HTMLButtonElement>('Next picture').disabled).toBe(true);
  stage.key('ArrowLeft');
  await turn();
  expect(viewed()).toBe('1.png');
  stage.key('ArrowLeft');
  expect(viewed()).toBe('1.png');
  stage.key('ArrowRight');
  await turn();
  expect(viewed()).toBe('3.png');
});

it('a large picture can be looked at once it was asked for', async () => {
  await open([picture('2', large)]);
  stage.press('Show the picture “2.png”');
  await turn();
  stage.press('Look at 2.png');
  await turn();
  expect(viewed()).toBe('2.png');
});

it('it is made larger and smaller, and the next one begins as large as there is room', async () => {
  await open([picture('1'), picture('3')]);
  stage.press('Look at 1.png');
  await turn();
  const width = () => viewer()?.querySelector('img')?.style.width;
  expect([width(), stage.named<HTMLButtonElement>('Smaller').disabled]).toEqual(['', true]);
  stage.press('Larger');
  expect(width()).toBe('150%');
  stage.key('+');
  expect(width()).toBe('225%');
  stage.press('Smaller');
  stage.key('-');
  expect(width()).toBe('');
  stage.key('+');
  stage.key('ArrowRight');
  await turn();
  expect(width()).toBe('');
});

it("the desktop's menu saves the picture that was clicked, by its name", async () => {
  let choose: (event: { url: string }) => void = () => undefined;
  const on = (name: string, listen: typeof choose) => {
    if (name === 'picture.save') {
      const before = choose;
      choose = (event) => {
        before(event);
        listen(event);
      };
    }
    return () => undefined;
  };
  function OnDesktop({ children }: { children: ReactNode }) {
    const services = { ...useServices(), desktop: { on } } as unknown as Services;
    return <ServicesProvider services={services}>{children}</ServicesProvider>;
  }
  await open([picture('1'), picture('3')], OnDesktop);
  choose({ url: document.querySelectorAll('img')[1]!.src });
  choose({ url: 'blob:app://foyer/another' });
  await turn();
  expect(stage.saved.map(({ name }) => name)).toEqual(['3.png']);
});
