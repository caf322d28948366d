import { Button, NumberInput, Select, Switch, TagsInput } from '@mantine/core';
import { useState } from 'react';
import { parsedUrl } from '../../../../shared/parsed-url';
import { greetAfterSecondsRange, sitesMax } from '../../../../shared/protocol/limits';
import { type WidgetSettings, widgetDefault, widgetSettings } from '../../../../shared/protocol/widget';
import { useServices } from '../../services/services';
import { useOffice, useSession } from '../../session/session-context';
import { useSave } from '../../session/use-save';
import { Card } from '../../ui/Card';
import { Fields, FormRow, Row } from '../../ui/FormRow';
import { LinkBox } from '../../ui/LinkBox';
import { PaneLoading } from '../../ui/Pane';
import { useText } from '../../ui/text';
import { Page } from '../Page';
import { IdentitySecrets } from './IdentitySecrets';
import { PrintPoster } from './PrintPoster';
import { siteOrigin } from './site-origin';

/** The chat on the office's own site, and on paper. */
export function WidgetPage() {
  const t = useText();
  const { openLink } = useServices();
  const office = useOffice((state) => state.office);
  const customerUrl = useOffice((state) => state.customerUrl);
  if (!office) return <PaneLoading label={t('settings.loading')} />;
  const origin = parsedUrl(customerUrl)?.origin ?? '';
  const saved = office.widget ?? widgetDefault;
  return (
    <Page title={t('widget.title')} lead={t('widget.lead')}>
      <Card>
        <FormRow title={t('widget.embed')} help={t('widget.embedHelp')}>
          <Fields>
            <LinkBox label={t('widget.embed')} value={`<script src="${origin}/widget.js" async></script>`} />
            <Button variant="default" size="xs" onClick={() => openLink(`${origin}/try`)}>
              {t('widget.try')}
            </Button>
          </Fields>
        </FormRow>
        <WidgetForm key={JSON.stringify(saved)} saved={saved} />
        <IdentitySecrets secrets={office.identitySecrets ?? []} />
        <PrintPoster office={office.name} url={customerUrl} />
      </Card>
    </Page>
  );
}

function WidgetForm({ saved }: { saved: WidgetSettings }) {
  const t = useText();
  const session = useSession();
  const { isUp, save } = useSave();
  const [value, setValue] = useState(saved);
  const [typed, setTyped] = useState('');
  // What was typed but not confirmed is saved, too.
  const wanted = typed.trim() === '' ? value.sites : [...value.sites, typed];
  const sites = wanted.map((each) => siteOrigin(each) ?? each);
  const wrong = sites.find((each) => siteOrigin(each) === null);
  const { data } = widgetSettings.safeParse({ ...value, sites: [...new Set(sites)] });
  const isChanged = JSON.stringify(data) !== JSON.stringify(saved);
  const problem =
    wrong === undefined
      ? sites.length > sitesMax
        ? t('widget.sitesMany', { max: sitesMax })
        : null
      : t('widget.siteWrong', { site: wrong });
  const { min, max } = greetAfterSecondsRange;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (data) void save(() => session.send({ op: 'office.put', widget: data }), t('agents.saved'));
      }}
    >
      <Row>
        <TagsInput
          flex={1}
          label={t('widget.sites')}
          description={t('widget.sitesHelp')}
          placeholder={t('widget.sitesExample')}
          value={value.sites}
          onChange={(next) => setValue({ ...value, sites: next.map((each) => siteOrigin(each) ?? each) })}
          searchValue={typed}
          onSearchChange={setTyped}
          error={problem}
        />
      </Row>
      <Row>
        <Select
          flex={1}
          label={t('widget.whenAway')}
          description={t('widget.whenAwayHelp')}
          data={[
            { value: 'later', label: t('widget.whenAwayLater') },
            { value: 'hide', label: t('widget.whenAwayHide') },
          ]}
          value={value.whenAway}
          allowDeselect={false}
          onChange={(next) => setValue({ ...value, whenAway: next === 'hide' ? 'hide' : 'later' })}
        />
      </Row>
      <Row>
        <Switch
          flex={1}
          label={t('widget.greet')}
          description={t('widget.greetHelp')}
          checked={value.greetAfterSeconds !== null}
          onChange={(event) => setValue({ ...value, greetAfterSeconds: event.currentTarget.checked ? 10 : null })}
        />
        {value.greetAfterSeconds === null ? null : (
          <NumberInput
            w={120}
            aria-label={t('widget.greetSeconds')}
            suffix={` ${t('widget.seconds')}`}
            min={min}
            max={max}
            allowDecimal={false}
            value={value.greetAfterSeconds}
            onChange={(next) => setValue({ ...value, greetAfterSeconds: Number(next) })}
          />
        )}
      </Row>
      <Row>
        <Button type="submit" disabled={data === undefined || !isChanged || problem !== null || !isUp}>
          {t('common.save')}
        </Button>
      </Row>
    </form>
  );
}
