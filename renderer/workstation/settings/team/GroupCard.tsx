import { Button, Select } from '@mantine/core';
import type { AgentView, GroupView } from '../../../../shared/protocol/views';
import { useIsUp, useTable } from '../../session/session-context';
import { Card } from '../../ui/Card';
import { LinkButton } from '../../ui/LinkButton';
import { useText } from '../../ui/text';
import { useOpenWords } from '../hours/use-open-words';
import { ownOf } from '../routing/setting-values';
import { byName, membersOf, priorityIn } from './agents-order';
import classes from './GroupCard.module.css';
import { GroupMembers } from './GroupMembers';
import { usePlaces } from './use-places';

interface GroupCardProps {
  group: GroupView;
  onOpen: (page: 'routing' | 'hours') => void;
  onRename: () => void;
  onRemove: () => void;
}

/** One skill group: its members, in the order in which they are asked. */
export function GroupCard({ group, onOpen, onRename, onRemove }: GroupCardProps) {
  const t = useText();
  const { groupId, name } = group;
  const agents = useTable('agents');
  const openWords = useOpenWords();
  const members = membersOf(agents.values(), groupId);
  const others = [...agents.values()].filter((agent) => priorityIn(agent, groupId) === null).sort(byName);
  const online = members.filter((agent) => agent.connected && agent.status === 'online').length;
  const ownCount = Object.keys(ownOf(group.settings)).length;
  return (
    <Card label={name}>
      <Head
        name={name}
        words={`${t('groups.members', { count: members.length })} · ${t('groups.online', { count: online })}`}
        onRename={onRename}
        onRemove={onRemove}
      />
      <div className={classes.links}>
        <GroupLink label={t('groups.hours')} words={openWords(group)} name={name} onOpen={() => onOpen('hours')} />
        <GroupLink
          label={t('groups.settings')}
          words={ownCount === 0 ? t('settings.asOffice') : t('groups.own', { count: ownCount })}
          name={name}
          onOpen={() => onOpen('routing')}
        />
      </div>
      {members.length > 0 ? <GroupMembers group={group} members={members} /> : null}
      <div className={classes.foot}>
        {members.length === 0 ? <p className={classes.warn}>{t('groups.memberless')}</p> : null}
        {others.length > 0 ? <NewMember group={group} members={members} others={others} /> : null}
      </div>
    </Card>
  );
}

interface HeadProps {
  name: string;
  words: string;
  onRename: () => void;
  onRemove: () => void;
}

function Head({ name, words, onRename, onRemove }: HeadProps) {
  const t = useText();
  const up = useIsUp();
  return (
    <div className={classes.head}>
      <h2>{name}</h2>
      <span className="soft">{words}</span>
      <span style={{ flex: 1 }} />
      <Button size="xs" variant="subtle" disabled={!up} aria-label={t('groups.rename', { name })} onClick={onRename}>
        {t('common.edit')}
      </Button>
      <Button
        size="xs"
        variant="subtle"
        color="red"
        disabled={!up}
        aria-label={t('groups.remove', { name })}
        onClick={onRemove}
      >
        {t('common.remove')}
      </Button>
    </div>
  );
}

interface GroupLinkProps {
  label: string;
  words: string;
  /** Of the group. */
  name: string;
  onOpen: () => void;
}

function GroupLink({ label, words, name, onOpen }: GroupLinkProps) {
  const t = useText();
  return (
    <span>
      <LinkButton aria-label={t('settings.field.label', { setting: name, field: label })} onClick={onOpen}>
        {label}
      </LinkButton>
      <span className="soft"> {words}</span>
    </span>
  );
}

interface NewMemberProps {
  group: GroupView;
  members: readonly AgentView[];
  others: readonly AgentView[];
}

/** Adds a member with the priority of the last ones. */
function NewMember({ group, members, others }: NewMemberProps) {
  const t = useText();
  const up = useIsUp();
  const place = usePlaces(group.groupId);
  const last = Math.max(1, ...members.map((agent) => priorityIn(agent, group.groupId) ?? 0));
  return (
    <Select
      size="xs"
      w={240}
      aria-label={t('groups.addMemberTo', { group: group.name })}
      placeholder={t('groups.addMember')}
      data={others.map(({ agentId, name }) => ({ value: agentId, label: name }))}
      value={null}
      searchable
      disabled={!up}
      onChange={(agentId) => {
        const agent = others.find((each) => each.agentId === agentId);
        if (agent) place([{ agent, priority: last }]);
      }}
    />
  );
}
