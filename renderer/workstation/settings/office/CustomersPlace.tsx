import { Alert, Switch, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { DesktopApi, CustomersPlace as Place } from '../../../../shared/desktop-api';
import { AddressSelect, everyAddress } from '../../ui/AddressSelect';
import { Fields } from '../../ui/FormRow';
import { useText } from '../../ui/text';
import { RestartForm } from './RestartForm';
import { type RunningHub, useRestart, useRunningHub } from './use-running-hub';

/** On the hub's own machine: how customers on other machines reach it, through a proxy or directly on this network. */
export function CustomersPlace({ desktop }: { desktop: DesktopApi }) {
  const { hub, setHub, addresses } = useRunningHub(desktop);
  if (!hub) return null;
  return <PlaceForm desktop={desktop} now={hub.customers} addresses={addresses} onSaved={setHub} />;
}

interface PlaceFormProps {
  desktop: DesktopApi;
  now: Place;
  addresses: string[];
  onSaved: (hub: RunningHub) => void;
}

function PlaceForm({ desktop, now, addresses, onSaved }: PlaceFormProps) {
  const t = useText();
  const { state, restart } = useRestart(onSaved);
  const [draft, setDraft] = useState(() => draftOf(now));
  const set = (change: Partial<PlaceDraft>) => setDraft({ ...draft, ...change });
  const { hasProxy, publicUrl, isPlain } = draft;
  const place = placeOf(draft);
  const isChanged = JSON.stringify(place) !== JSON.stringify(placeOf(draftOf(now)));
  return (
    <RestartForm
      title={t('customers.title')}
      help={t('customers.help')}
      canSave={isChanged && (!hasProxy || isSecureOrigin(publicUrl.trim()))}
      state={state}
      onSave={() => restart(() => desktop.call('hub.setCustomers', place))}
    >
      <Switch
        label={t('customers.proxy')}
        checked={hasProxy}
        onChange={(event) => set({ hasProxy: event.currentTarget.checked })}
      />
      {hasProxy ? <ProxyFields draft={draft} onChange={set} /> : null}
      <Switch
        label={t('customers.plain')}
        checked={isPlain}
        onChange={(event) => set({ isPlain: event.currentTarget.checked })}
      />
      {isPlain ? (
        <>
          <Alert color="orange" role="note">
            {t('customers.plainWarning')}
          </Alert>
          <AddressSelect addresses={addresses} value={draft.host} onChange={(host) => set({ host })} />
        </>
      ) : null}
    </RestartForm>
  );
}

interface ProxyFieldsProps {
  draft: PlaceDraft;
  onChange: (change: Partial<PlaceDraft>) => void;
}

function ProxyFields({ draft: { publicUrl, proxies }, onChange }: ProxyFieldsProps) {
  const t = useText();
  return (
    <Fields>
      <TextInput
        label={t('customers.publicUrl')}
        value={publicUrl}
        error={isSecureOrigin(publicUrl.trim()) ? null : t('customers.publicUrlBad')}
        onChange={(event) => onChange({ publicUrl: event.currentTarget.value })}
        spellCheck={false}
      />
      <TextInput
        label={t('customers.proxies')}
        description={t('customers.proxiesHelp')}
        value={proxies}
        onChange={(event) => onChange({ proxies: event.currentTarget.value })}
        spellCheck={false}
      />
    </Fields>
  );
}

/** The fields' values. What is switched off keeps its values, in case it is switched on again. */
interface PlaceDraft {
  hasProxy: boolean;
  publicUrl: string;
  proxies: string;
  isPlain: boolean;
  host: string;
}

function draftOf({ host, publicUrl, trustedProxies }: Place): PlaceDraft {
  return {
    hasProxy: publicUrl !== null,
    publicUrl: publicUrl ?? 'https://',
    proxies: trustedProxies.join(', ') || '127.0.0.1',
    isPlain: host !== null,
    host: host ?? everyAddress,
  };
}

function placeOf({ hasProxy, publicUrl, proxies, isPlain, host }: PlaceDraft): Place {
  const trustedProxies = proxies.split(/[\s,]+/).filter((each) => each !== '');
  return {
    host: isPlain ? host : null,
    ...(hasProxy ? { publicUrl: publicUrl.trim(), trustedProxies } : { publicUrl: null, trustedProxies: [] }),
  };
}

function isSecureOrigin(address: string): boolean {
  try {
    const { protocol, origin, href } = new URL(address);
    return protocol === 'https:' && href === `${origin}/`;
  } catch {
    return false;
  }
}
