import { Button } from '@mantine/core';
import { IconUserCancel } from '@tabler/icons-react';
import type { BlockView } from '../../../../shared/protocol/blocks';
import { useOffice, useSession } from '../../session/session-context';
import { useSave } from '../../session/use-save';
import { Card } from '../../ui/Card';
import { DataTable } from '../../ui/DataTable';
import { PaneNote } from '../../ui/Pane';
import { useText } from '../../ui/text';
import { useFocusNeighbour } from '../../ui/use-focus-neighbour';
import { useTimes } from '../../ui/use-times';
import { Page } from '../Page';

/** Blocked customers, the latest first; each block can be ended. */
export function BlocksPage() {
  const t = useText();
  const blocks = useOffice((state) => state.blocks);
  return (
    <Page title={t('settings.page.blocks')} lead={t('blocks.lead')}>
      {blocks.length === 0 ? (
        <PaneNote icon={<IconUserCancel size={30} stroke={1.4} />} title={t('blocks.none')}>
          {t('blocks.noneHelp')}
        </PaneNote>
      ) : (
        <Card>
          <DataTable
            columns={[
              { title: t('blocks.who') },
              { title: t('blocks.until') },
              { title: t('blocks.by') },
              { title: t('common.more'), isHidden: true },
            ]}
          >
            {[...blocks]
              .sort((a, b) => b.at - a.at)
              .map((block) => (
                <BlockRow key={block.blockId} block={block} />
              ))}
          </DataTable>
        </Card>
      )}
    </Page>
  );
}

function BlockRow({ block }: { block: BlockView }) {
  const t = useText();
  const session = useSession();
  const { isUp, save } = useSave();
  const { dayAndTime } = useTimes();
  const row = useFocusNeighbour<HTMLTableRowElement>();
  const { blockId, address, note, by, at, until } = block;
  const name = block.customerName ?? t('blocks.nameless');
  return (
    <tr ref={row}>
      <td>
        <b>{name}</b>
        {address === null ? null : <div className="soft">{t('blocks.address', { address })}</div>}
        {note === '' ? null : (
          <div className="soft" dir="auto">
            {note}
          </div>
        )}
      </td>
      <td data-title={t('blocks.until')}>{until === null ? t('blocks.forGood') : dayAndTime(until)}</td>
      <td data-title={t('blocks.by')}>
        {by.name}
        <div className="soft">{dayAndTime(at)}</div>
      </td>
      <td data-acts>
        <Button
          size="compact-sm"
          variant="default"
          disabled={!isUp}
          aria-label={t('blocks.liftLabel', { name })}
          onClick={() => save(() => session.send({ op: 'block.lift', blockId }), t('blocks.lifted', { name }))}
        >
          {t('blocks.lift')}
        </Button>
      </td>
    </tr>
  );
}
