import { useEffect, useEffectEvent } from 'react';
import { type CommandContext, commands } from '../../commands/commands';
import { isPressed, isTyped } from '../../commands/shortcut';
import { isComposing } from '../../ui/composing';

/** Shortcuts on the whole page, but not under a dialog, during IME composition, or where the key types text. */
export function useCommandKeys(context: CommandContext, mac: boolean) {
  const pressed = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || isComposing(event) || document.querySelector('[aria-modal="true"]')) return;
    const command = commands.find(({ shortcut }) => shortcut && isPressed(shortcut, event, mac));
    if (!command?.shortcut || (isTyped(command.shortcut) && isField(event.target))) return;
    if (!command.possible(context)) return;
    event.preventDefault();
    command.run(context);
  });

  useEffect(() => {
    const listen = (event: KeyboardEvent) => pressed(event);
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, []);
}

function isField(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable]') !== null;
}
