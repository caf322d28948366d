import { useEffect, useRef } from 'react';
import type { CommandContext } from '../../commands/commands';
import type { Dialog } from '../../navigation/pages';
import { useServices } from '../../services/services';
import { MachineDialog } from '../MachineDialog';
import { KeySheet } from './KeySheet';
import { Palette } from './Palette';
import { useCommandKeys } from './use-command-keys';

interface CommandCentreProps {
  context: CommandContext;
  dialog: Dialog | null;
  onClose: () => void;
}

/** Handles the shortcuts, and shows the dialogs that can be opened on any page. */
export function CommandCentre({ context, dialog, onClose }: CommandCentreProps) {
  const { mac } = useServices();
  useCommandKeys(context, mac);
  const giveBackFocus = useFocusBefore(dialog !== null);
  const close = (then?: () => void) => {
    onClose();
    giveBackFocus();
    then?.();
  };
  if (dialog === 'palette') return <Palette context={context} onClose={close} />;
  if (dialog === 'keys') return <KeySheet onClose={close} />;
  if (dialog === 'machine') return <MachineDialog onClose={close} />;
  return null;
}

/** Restores the focus in place of the dialog, which would do so only after a command has moved it. */
function useFocusBefore(opened: boolean): () => void {
  const before = useRef<HTMLElement | null>(null);
  useEffect(() => {
    const remember = ({ target }: FocusEvent) => {
      if (!opened && target instanceof HTMLElement) before.current = target;
    };
    document.addEventListener('focusin', remember);
    return () => document.removeEventListener('focusin', remember);
  }, [opened]);
  return () => before.current?.focus();
}
