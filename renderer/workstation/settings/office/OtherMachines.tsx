import { Button, NumberInput, Select, Switch, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { DesktopApi, HostingState } from '../../../../shared/desktop-api';
import { hasText } from '../../ui/refusal-text';
import { useText } from '../../ui/text';
import classes from '../SettingsPage.module.css';

const everyAddress = '0.0.0.0';
const usualPort = 7802;

type Running = Extract<HostingState, { state: 'running' }>;

/** On the hub's own machine: whether desktops on other machines reach it, and where. */
export function OtherMachines({ desktop }: { desktop: DesktopApi }) {
  const [hub, setHub] = useState<Running | null>(null);
  const [addresses, setAddresses] = useState<string[]>([]);
  useEffect(() => {
    void desktop.call('hub.state').then((state) => state.state === 'running' && setHub(state));
    void desktop.call('hub.addresses').then(setAddresses);
  }, [desktop]);
  if (!hub) return null;
  return <LanForm desktop={desktop} hub={hub} addresses={addresses} onSaved={setHub} />;
}

interface LanFormProps {
  desktop: DesktopApi;
  hub: Running;
  addresses: string[];
  onSaved: (hub: Running) => void;
}

function LanForm({ desktop, hub, addresses, onSaved }: LanFormProps) {
  const t = useText();
  const [isOn, setOn] = useState(hub.lan !== null);
  const [host, setHost] = useState(hub.lan?.host ?? everyAddress);
  const [port, setPort] = useState<number | string>(portOf(hub) ?? usualPort);
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState<{ words: string; isProblem: boolean } | null>(null);

  const portIsFit = typeof port === 'number' && Number.isInteger(port) && port >= 1 && port <= 65_535;
  const isChanged = isOn !== (hub.lan !== null) || (isOn && (host !== hub.lan?.host || port !== portOf(hub)));
  const save = async () => {
    setBusy(true);
    setSaid(null);
    const state = await desktop.call('hub.setLan', isOn ? { host, port: Number(port) } : null);
    setBusy(false);
    if (state.state === 'running') {
      onSaved(state);
      setSaid({ words: t('lan.saved'), isProblem: false });
    } else if (state.state === 'failed') {
      const key = `host.error.${state.code}`;
      setSaid({ words: t('lan.failed', { reason: hasText(key) ? t(key) : state.message }), isProblem: true });
    }
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
          <h2 className={classes.settingTitle}>{t('lan.title')}</h2>
          <p className={classes.help}>{t('lan.help')}</p>
        </div>
        <Switch label={t('lan.on')} checked={isOn} onChange={(event) => setOn(event.currentTarget.checked)} />
        {isOn ? (
          <div className={classes.fields}>
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
            <NumberInput
              label={t('lan.port')}
              value={port}
              onChange={setPort}
              error={portIsFit ? null : t('lan.portBad')}
              min={1}
              max={65_535}
              hideControls
              thousandSeparator=""
            />
          </div>
        ) : null}
        <p className={classes.help}>{t('lan.firewall')}</p>
        {said ? (
          <Text size="sm" mt="xs" {...(said.isProblem ? { role: 'alert', c: 'red' } : { role: 'status' })}>
            {said.words}
          </Text>
        ) : null}
        <Button type="submit" variant="default" size="xs" loading={busy} disabled={!isChanged || (isOn && !portIsFit)}>
          {t('common.save')}
        </Button>
      </div>
    </form>
  );
}

function portOf({ lan }: Running): number | null {
  const address = lan?.addresses[0];
  return address === undefined ? null : Number(new URL(`https://${address}`).port);
}
