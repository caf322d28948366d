import { Button, Text } from '@mantine/core';
import type { ApiTokenView } from '../../../../shared/protocol/api-tokens';
import { useSession } from '../../session/session-context';
import { useSave } from '../../session/use-save';
import { DialogFoot } from '../../ui/DialogFoot';
import { useText } from '../../ui/text';

/** Asks before a program is shut out. */
export function RevokeToken({ token: { tokenId, name }, onDone }: { token: ApiTokenView; onDone: () => void }) {
  const t = useText();
  const session = useSession();
  const { isUp, isBusy, save } = useSave();
  const revoke = async () => {
    if (await save(() => session.send({ op: 'apiToken.revoke', tokenId }), t('api.revoked', { name }))) onDone();
  };
  return (
    <>
      <Text size="sm">{t('api.revokeBody')}</Text>
      <DialogFoot onCancel={onDone}>
        <Button color="red" disabled={!isUp || isBusy} onClick={() => void revoke()}>
          {t('api.revoke')}
        </Button>
      </DialogFoot>
    </>
  );
}
