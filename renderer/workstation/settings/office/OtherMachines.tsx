import { NumberInput, Switch } from '@mantine/core';
import { useState } from 'react';
import type { DesktopApi } from '../../../../shared/desktop-api';
import { AddressSelect, everyAddress } from '../../ui/AddressSelect';
import { Fields } from '../../ui/FormRow';
import { useText } from '../../ui/text';
import { RestartForm } from './RestartForm';
import { type RunningHub, useRestart, useRunningHub } from './use-running-hub';

const usualPort = 7802;
const portMax = 65_535;

/** On the hub's own machine: whether desktops on other machines reach it, and where. */
export function OtherMachines({ desktop }: { desktop: DesktopApi }) {
  const { hub, setHub, addresses } = useRunningHub(desktop);
  if (!hub) return null;
  return <LanForm desktop={desktop} hub={hub} addresses={addresses} onSaved={setHub} />;
}

interface LanFormProps {
  desktop: DesktopApi;
  hub: RunningHub;
  addresses: string[];
  onSaved: (hub: RunningHub) => void;
}

function LanForm({ desktop, hub, addresses, onSaved }: LanFormProps) {
  const t = useText();
  const { state, restart } = useRestart(onSaved);
  const [isOn, setOn] = useState(hub.lan !== null);
  const [host, setHost] = useState(hub.lan?.host ?? everyAddress);
  const [port, setPort] = useState<number | string>(portOf(hub) ?? usualPort);
  const portIsFit = typeof port === 'number' && Number.isInteger(port) && port >= 1 && port <= portMax;
  const isChanged = isOn !== (hub.lan !== null) || (isOn && (host !== hub.lan?.host || port !== portOf(hub)));
  return (
    <RestartForm
      title={t('lan.title')}
      help={t('lan.help')}
      canSave={isChanged && (!isOn || portIsFit)}
      state={state}
      onSave={() => restart(() => desktop.call('hub.setLan', isOn ? { host, port: Number(port) } : null))}
    >
      <Switch label={t('lan.on')} checked={isOn} onChange={(event) => setOn(event.currentTarget.checked)} />
      {isOn ? (
        <Fields>
          <AddressSelect addresses={addresses} value={host} onChange={setHost} />
          <NumberInput
            label={t('lan.port')}
            value={port}
            onChange={setPort}
            error={portIsFit ? null : t('lan.portBad')}
            min={1}
            max={portMax}
            hideControls
            thousandSeparator=""
          />
        </Fields>
      ) : null}
    </RestartForm>
  );
}

function portOf({ lan }: RunningHub): number | null {
  const address = lan?.addresses[0];
  return address === undefined ? null : Number(new URL(`https://${address}`).port);
}
