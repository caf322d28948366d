// @vitest-environment happy-dom
import { act } from 'react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { siteOrigin } from '../../renderer/workstation/settings/office/site-origin';
import { WidgetPage } from '../../renderer/workstation/settings/office/WidgetPage';
import { asksDefault } from '../../shared/protocol/asks';
import { type WidgetSettings, widgetDefault } from '../../shared/protocol/widget';
import { Stage } from './stage';

const office = {
  ...{ name: 'Nordlys', sample: false, diskSpace: 'plenty', retentionDays: 365, tags: [], wrapUpCodes: [] },
  ...{ asks: asksDefault, dateJump: null },
};

describe('the widget’s settings', () => {
  let stage: Stage;
  const tell = (widget: WidgetSettings, identitySecrets: object[] = []) =>
    stage.tell({ name: 'office.changed', office: { ...office, widget, identitySecrets } });
  beforeEach(() => {
    stage = new Stage(<WidgetPage />);
    tell(widgetDefault);
  });
  afterEach(() => stage.close());

  it('have the line for the pages, and can’t be saved as they are', () => {
    expect(stage.host.textContent).toContain('/widget.js" async></script>');
    expect(stage.named<HTMLButtonElement>('Save').disabled).toBe(true);
  });

  it('are saved as a whole', () => {
    tell({ sites: ['https://shop.example'], whenAway: 'later', greetAfterSeconds: null });
    act(() => stage.host.querySelector<HTMLInputElement>('[role=switch]')?.click());
    stage.press('Save');
    expect(stage.sent('office.put')).toMatchObject({
      widget: { sites: ['https://shop.example'], whenAway: 'later', greetAfterSeconds: 10 },
    });
  });

  it('make a secret, of which two are valid at a time', () => {
    stage.press('Make a secret');
    expect(stage.sent('identitySecret.make')).toBeDefined();
    tell(widgetDefault, [
      { secretId: 'secret-1', madeAt: 1 },
      { secretId: 'secret-2', madeAt: 2 },
    ]);
    expect(stage.named<HTMLButtonElement>('Make a secret').disabled).toBe(true);
  });
});

describe('a site', () => {
  it.each([
    ['shop.example', 'https://shop.example'],
    [' https://Shop.example/lamps?a=b ', 'https://shop.example'],
    ['http://localhost:3000/', 'http://localhost:3000'],
    ['*.shop.example', 'https://*.shop.example'],
    ['https://*.shop.example:8443', 'https://*.shop.example:8443'],
    ['bücher.example', 'https://xn--bcher-kva.example'],
  ])('is read from %j', (typed, origin) => expect(siteOrigin(typed)).toBe(origin));

  it.each(['', '*', 'https://*', '*.example', 'ftp://shop.example', 'a b', "'self'", 'javascript:alert(1)'])(
    'is not in %j',
    (typed) => expect(siteOrigin(typed)).toBeNull(),
  );
});
