import { Button } from '@mantine/core';
import { IconUserCancel } from '@tabler/icons-react';
import type { BlockView } from '../../../../shared/protocol/blocks';
import { useIsUp, useOffice, useSession } from '../../session/session-context';
import { PaneNote } from '../../ui/Pane';
import { useText } from '../../ui/text';
import { useAct } from '../../ui/use-act';
import { useTimes } from '../../ui/use-times';
import classes from '../SettingsPage.module.css';

/** Customers from whom nothing is taken, the latest first; each block can be ended. */
export function BlocksPage() {
  const t = useText();
  const blocks = useOffice((state) => state.blocks);
  return (
    <div className={classes.content}>
      <div className={classes.titleRow}>
        <div>
          <h1 className={classes.title}>{t('settings.page.blocks')}</h1>
          <p className={classes.lead}>{t('blocks.lead')}</p>
        </div>
      </div>
      {blocks.length === 0 ? (
        <PaneNote icon={<IconUserCancel size={30} stroke={1.4} />} title={t('blocks.none')}>
          {t('blocks.noneHelp')}
        </PaneNote>
      ) : (
        <div className={classes.card}>
          <table className={classes.table}>
            <thead>
              <tr>
                <th>{t('blocks.who')}</th>
                <th>{t('blocks.until')}</th>
                <th>{t('blocks.by')}</th>
                <th />
              </tr>
            </thead>
            <tbody>
              {[...blocks]
                .sort((a, b) => b.at - a.at)
                .map((block) => (
                  <BlockRow key={block.blockId} block={block} />
                ))}
            </tbody>
          </table>
        </div>
      )}
    </div>
  );
}

function BlockRow({ block }: { block: BlockView }) {
  const t = useText();
  const act = useAct();
  const up = useIsUp();
  const session = useSession();
  const { dayAndTime } = useTimes();
  const { blockId, address, note, by, at, until } = block;
  const name = block.customerName ?? t('blocks.nameless');
  return (
    <tr>
      <td>
        <b>{name}</b>
        {address === null ? null : <div className={classes.soft}>{t('blocks.address', { address })}</div>}
        {note === '' ? null : (
          <div className={classes.soft} dir="auto">
            {note}
          </div>
        )}
      </td>
      <td>{until === null ? t('blocks.forGood') : dayAndTime(until)}</td>
      <td>
        {by.name}
        <div className={classes.soft}>{dayAndTime(at)}</div>
      </td>
      <td>
        <Button
          size="compact-sm"
          variant="default"
          disabled={!up}
          aria-label={t('blocks.liftLabel', { name })}
          onClick={() => act(session.send({ op: 'block.lift', blockId }), t('blocks.lifted', { name }))}
        >
          {t('blocks.lift')}
        </Button>
      </td>
    </tr>
  );
}
