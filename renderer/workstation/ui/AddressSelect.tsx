import { Select } from '@mantine/core';
import { useText } from './text';

/** Every network address of the machine. */
export const everyAddress = '0.0.0.0';

interface AddressSelectProps {
  /** The machine's own. */
  addresses: readonly string[];
  value: string;
  onChange: (address: string) => void;
}

/** Selects the address that the hub listens on. The present one is listed even if the machine has lost it. */
export function AddressSelect({ addresses, value, onChange }: AddressSelectProps) {
  const t = useText();
  const each = new Set([...addresses, value].filter((address) => address !== everyAddress));
  return (
    <Select
      label={t('lan.address')}
      allowDeselect={false}
      value={value}
      onChange={(address) => onChange(address ?? everyAddress)}
      data={[{ value: everyAddress, label: t('lan.everyAddress') }, ...each]}
    />
  );
}
