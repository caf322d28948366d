import { Alert, Button, Select, Switch, Text, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { DesktopApi, HostingState, CustomersPlace as Place } from '../../../../shared/desktop-api';
import { hasText } from '../../ui/refusal-text';
import { useText } from '../../ui/text';
import classes from '../SettingsPage.module.css';

const everyAddress = '0.0.0.0';

type Running = Extract<HostingState, { state: 'running' }>;

/** On the hub's own machine: how customers on other machines come, over a proxy or plainly on this network. */
export function CustomersPlace({ desktop }: { desktop: DesktopApi }) {
  const [hub, setHub] = useState<Running | null>(null);
  const [addresses, setAddresses] = useState<string[]>([]);
  useEffect(() => {
    void desktop.call('hub.state').then((state) => state.state === 'running' && setHub(state));
    void desktop.call('hub.addresses').then(setAddresses);
  }, [desktop]);
  if (!hub) return null;
  return <PlaceForm desktop={desktop} now={hub.customers} addresses={addresses} onSaved={setHub} />;
}

interface PlaceFormProps {
  desktop: DesktopApi;
  now: Place;
  addresses: string[];
  onSaved: (hub: Running) => void;
}

function PlaceForm({ desktop, now, addresses, onSaved }: PlaceFormProps) {
  const t = useText();
  const [hasProxy, setHasProxy] = useState(now.publicUrl !== null);
  const [publicUrl, setPublicUrl] = useState(now.publicUrl ?? 'https://');
  const [proxies, setProxies] = useState(now.trustedProxies.join(', ') || '127.0.0.1');
  const [isPlain, setPlain] = useState(now.host !== null);
  const [host, setHost] = useState(now.host ?? everyAddress);
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState<{ words: string; isProblem: boolean } | null>(null);
  const urlIsFit = isSecureOrigin(publicUrl.trim());

  const save = async () => {
    setBusy(true);
    setSaid(null);
    const trustedProxies = proxies.split(/[\s,]+/).filter((each) => each !== '');
    const place = {
      host: isPlain ? host : null,
      ...(hasProxy ? { publicUrl: publicUrl.trim(), trustedProxies } : { publicUrl: null, trustedProxies: [] }),
    };
    const state = await desktop.call('hub.setCustomers', place).catch(() => null);
    setBusy(false);
    if (state?.state === 'running') {
      onSaved(state);
      return setSaid({ words: t('lan.saved'), isProblem: false });
    }
    const key = state?.state === 'failed' ? `host.error.${state.code}` : 'customers.notFit';
    const reason = hasText(key) ? t(key) : state?.state === 'failed' ? state.message : '';
    setSaid({ words: t('lan.failed', { reason }), isProblem: true });
  };
  return (
    <form
      className={classes.setting}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <div className={`${classes.settingWords} ${classes.lan}`}>
        <div>
          <h2 className={classes.settingTitle}>{t('customers.title')}</h2>
          <p className={classes.help}>{t('customers.help')}</p>
        </div>
        <Switch
          label={t('customers.proxy')}
          checked={hasProxy}
          onChange={(event) => setHasProxy(event.currentTarget.checked)}
        />
        {hasProxy ? (
          <div className={classes.fields}>
            <TextInput
              label={t('customers.publicUrl')}
              value={publicUrl}
              error={urlIsFit ? null : t('customers.publicUrlBad')}
              onChange={(event) => setPublicUrl(event.currentTarget.value)}
              spellCheck={false}
            />
            <TextInput
              label={t('customers.proxies')}
              description={t('customers.proxiesHelp')}
              value={proxies}
              onChange={(event) => setProxies(event.currentTarget.value)}
              spellCheck={false}
            />
          </div>
        ) : null}
        <Switch
          label={t('customers.plain')}
          checked={isPlain}
          onChange={(event) => setPlain(event.currentTarget.checked)}
        />
        {isPlain ? (
          <>
            <Alert color="orange" role="note">
              {t('customers.plainWarning')}
            </Alert>
            <Select
              label={t('lan.address')}
              allowDeselect={false}
              value={host}
              onChange={(value) => setHost(value ?? everyAddress)}
              data={[
                { value: everyAddress, label: t('lan.everyAddress') },
                ...[...new Set([...addresses, host])]
                  .filter((address) => address !== everyAddress)
                  .map((address) => ({ value: address, label: address })),
              ]}
            />
          </>
        ) : null}
        <p className={classes.help}>{t('lan.firewall')}</p>
        {said ? (
          <Text size="sm" {...(said.isProblem ? { role: 'alert', c: 'red' } : { role: 'status' })}>
            {said.words}
          </Text>
        ) : null}
        <Button type="submit" variant="default" size="xs" loading={busy} disabled={hasProxy && !urlIsFit}>
          {t('common.save')}
        </Button>
      </div>
    </form>
  );
}

function isSecureOrigin(address: string): boolean {
  try {
    const { protocol, origin, href } = new URL(address);
    return protocol === 'https:' && href === `${origin}/`;
  } catch {
    return false;
  }
}
