import { notifications } from '@mantine/notifications';
import { useApp } from '../lifecycle/app-context';
import { useText } from '../ui/text';

/** Signs out on this device, or shows why it failed. */
export function useSignOut(): () => void {
  const t = useText();
  const app = useApp();
  return () => {
    app.signOut().catch((error: unknown) => {
      const reason = error instanceof Error ? error.message : String(error);
      notifications.show({ color: 'red', message: t('me.signOutFailed', { reason }), autoClose: 9_000 });
    });
  };
}
