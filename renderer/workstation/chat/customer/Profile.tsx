import { Button, UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import type { CustomerProfile } from '../../../../shared/protocol/customer-profile';
import type { ConversationView } from '../../../../shared/protocol/views';
import { useServices } from '../../services/services';
import { useIsSupervisor, useIsUp, useMyId } from '../../session/session-context';
import { useText } from '../../ui/text';
import { useTimes } from '../../ui/use-times';
import classes from './CustomerPane.module.css';
import { Fact, Section } from './PaneSection';
import { ProfileForm } from './ProfileForm';

/** What is known about the customer; the serving agent may correct it. */
export function Profile({ conversation }: { conversation: ConversationView }) {
  const t = useText();
  const up = useIsUp();
  const { fullDay } = useTimes();
  const mayCorrect = useMayCorrect(conversation);
  const [correcting, setCorrecting] = useState<'name' | 'contact' | null>(null);
  const { contact, language, page, signedId, firstSeenAt } = conversation.profile;
  return (
    <Section title={t('profile.title')}>
      {correcting && mayCorrect ? (
        <ProfileForm conversation={conversation} first={correcting} onDone={() => setCorrecting(null)} />
      ) : (
        <>
          <dl className={classes.facts}>
            {contact ? (
              <Fact label={t('profile.contact')}>
                <bdi>{contact}</bdi>
              </Fact>
            ) : null}
            {signedId === undefined ? null : (
              <Fact label={t('profile.signed')}>
                <bdi>{signedId}</bdi>
              </Fact>
            )}
            {page === undefined ? null : (
              <Fact label={t('profile.page')}>{page ? <PageLink page={page} /> : t('profile.ownPage')}</Fact>
            )}
            <Fact label={t('profile.language')}>
              {t(language === 'zh' ? 'profile.languageZh' : 'profile.languageEn')}
            </Fact>
            {firstSeenAt === null ? null : <Fact label={t('profile.firstSeen')}>{fullDay(firstSeenAt)}</Fact>}
            <Before conversation={conversation} />
          </dl>
          {mayCorrect ? (
            <div className={classes.acts}>
              {contact ? null : (
                <Button size="compact-xs" variant="default" disabled={!up} onClick={() => setCorrecting('contact')}>
                  {t('profile.addContact')}
                </Button>
              )}
              <Button
                size="compact-xs"
                variant="subtle"
                ml={contact ? -8 : 0}
                disabled={!up}
                onClick={() => setCorrecting('name')}
              >
                {t('profile.edit')}
              </Button>
            </div>
          ) : null}
        </>
      )}
    </Section>
  );
}

/** Their conversations before this one; once this one has ended, the hub counts it too. */
function Before({ conversation: { stage, profile } }: { conversation: ConversationView }) {
  const t = useText();
  const { fullDay } = useTimes();
  const { endedCount, lastEndedAt } = profile;
  const count = (endedCount ?? 0) - (stage === 'closed' ? 1 : 0);
  if (count <= 0 || lastEndedAt === null) return null;
  const words =
    stage === 'closed'
      ? t('profile.pastOthers', { count })
      : t('profile.pastLast', { count, day: fullDay(lastEndedAt) });
  return <Fact label={t('profile.past')}>{words}</Fact>;
}

/** The same rule as in the hub's table of rights. */
function useMayCorrect({ stage, agentId, fromAgentId }: ConversationView): boolean {
  const myId = useMyId();
  const isSupervisor = useIsSupervisor();
  return stage !== 'closed' && (isSupervisor || agentId === myId || fromAgentId === myId);
}

function PageLink({ page: { title, url } }: { page: NonNullable<CustomerProfile['page']> }) {
  const { openLink } = useServices();
  return (
    <UnstyledButton className={classes.link} title={url} onClick={() => openLink(url)}>
      {title ? <bdi>{title}</bdi> : null}
      <span className={classes.address}>{url.replace(/^https?:\/\//, '')}</span>
    </UnstyledButton>
  );
}
