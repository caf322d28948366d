import { useIsSupervisor, useMyId } from '../../session/session-context';
import { useText } from '../../ui/text';
import classes from '../SettingsPage.module.css';
import { AgentDevices } from '../team/AgentDevices';
import { ChangePassphrase } from './ChangePassphrase';

/** How one signs in oneself: a supervisor's passphrase, and everybody's devices. */
export function AccessPage() {
  const t = useText();
  const myId = useMyId();
  const isSupervisor = useIsSupervisor();
  return (
    <div className={classes.content}>
      <div className={classes.titleRow}>
        <div>
          <h1 className={classes.title}>{t('access.title')}</h1>
          <p className={classes.lead}>{t('access.help')}</p>
        </div>
      </div>
      <div className={classes.card}>
        {isSupervisor ? <ChangePassphrase /> : null}
        <div className={classes.setting}>
          <div className={`${classes.settingWords} ${classes.lan}`}>
            <h2 className={classes.settingTitle}>{t('access.devices')}</h2>
            <AgentDevices agentId={myId} help={t('access.devicesHelp')} />
          </div>
        </div>
      </div>
    </div>
  );
}
