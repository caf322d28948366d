import { Switch } from '@mantine/core';
import { afterwardsDefault } from '../../../../shared/protocol/rating';
import { useOffice, useSession } from '../../session/session-context';
import { useSave } from '../../session/use-save';
import { Card } from '../../ui/Card';
import { Row } from '../../ui/FormRow';
import { useText } from '../../ui/text';

/** What customers can do once a conversation has ended; saved as it is switched. */
export function Afterwards() {
  const t = useText();
  const session = useSession();
  const { isUp, save } = useSave();
  const afterwards = useOffice((state) => state.office?.afterwards ?? afterwardsDefault);
  return (
    <Card label={t('afterwards.title')}>
      {(['rating', 'past'] as const).map((what) => (
        <Row key={what}>
          <Switch
            flex={1}
            label={t(what === 'rating' ? 'afterwards.rating' : 'afterwards.past')}
            description={t(what === 'rating' ? 'afterwards.ratingHelp' : 'afterwards.pastHelp')}
            checked={afterwards[what] ?? false}
            disabled={!isUp}
            onChange={(event) => {
              const changed = { ...afterwards, [what]: event.currentTarget.checked };
              void save(() => session.send({ op: 'office.put', afterwards: changed }), t('agents.saved'));
            }}
          />
        </Row>
      ))}
    </Card>
  );
}
