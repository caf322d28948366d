import { AgentState } from '../../settings/team/AgentState';
import { useText } from '../../ui/text';
import classes from './SuggestionList.module.css';
import type { Suggestion, useSuggestions } from './use-suggestions';

type SuggestionListProps = Pick<ReturnType<typeof useSuggestions>, 'found' | 'listbox' | 'none'>;

/** The suggestions for what was typed, above the field. */
export function SuggestionList({ found, listbox, none }: SuggestionListProps) {
  const t = useText();
  if (none)
    return (
      <div className={classes.anchor}>
        <p className={classes.list} data-none role="status">
          {t('canned.noneYet')}
        </p>
      </div>
    );
  if (found.length === 0) return null;
  return (
    <div className={classes.anchor}>
      <div className={classes.list} {...listbox.list}>
        {found.map((suggestion, at) => (
          <div key={keyOf(suggestion)} className={classes.option} {...listbox.option(at)}>
            <Words suggestion={suggestion} />
          </div>
        ))}
      </div>
    </div>
  );
}

function keyOf(suggestion: Suggestion): string {
  return suggestion.kind === 'canned' ? suggestion.reply.cannedReplyId : suggestion.agent.agentId;
}

function Words({ suggestion }: { suggestion: Suggestion }) {
  if (suggestion.kind === 'canned') {
    const { shortcut, text } = suggestion.reply;
    return (
      <>
        <span className={classes.head}>/{shortcut}</span>
        <span className={classes.text} dir="auto">
          {text}
        </span>
      </>
    );
  }
  return (
    <>
      <span className={classes.head}>{suggestion.agent.name}</span>
      <span className={classes.text}>
        <AgentState agent={suggestion.agent} />
      </span>
    </>
  );
}
