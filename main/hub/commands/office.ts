import { type Facts, factsOf } from '../audit/facts';
import { hoursFacts } from '../audit/hours-facts';
import { officeOnly, relationToOffice } from '../rights/rights';
import { done } from '../session/outcome';
import { officeOf } from '../state/config';
import type { HubState } from '../state/hub-state';
import type { AgentCommandSpecs } from './command';
import { routed } from './routed';

/** The office and its settings. */
export const officeCommands: AgentCommandSpecs<'office.put' | 'officeHours.put' | 'settings.update' | 'date.confirm'> =
  {
    'office.put': {
      rights: officeOnly,
      relation: relationToOffice,
      audit: { subject: () => null, facts: ({ state }) => officeFacts(state) },
      step(step, command) {
        const { config } = step.state;
        const before = officeOf(config);
        const { name = before.name, retentionDays = before.retentionDays } = command;
        const { tags = before.tags, wrapUpCodes = before.wrapUpCodes, asks = before.asks } = command;
        const { breakReasons = before.breakReasons, widget = before.widget } = command;
        const { afterwards = before.afterwards } = command;
        const sample = config.office?.sample ?? false;
        const lists = { tags, wrapUpCodes, breakReasons };
        step.add({ type: 'office.changed', name, sample, retentionDays, ...lists, asks, widget, afterwards });
        return done;
      },
    },
    'officeHours.put': {
      rights: officeOnly,
      relation: relationToOffice,
      audit: {
        subject: () => null,
        facts: ({ state }) => factsOf({ hours: hoursFacts(state.config.officeHours) }),
      },
      step(step, { hours }) {
        step.add({ type: 'officeHours.put', hours });
        return done;
      },
    },
    'settings.update': {
      rights: officeOnly,
      relation: relationToOffice,
      audit: { subject: () => null, facts: ({ state }) => factsOf(state.routing.settings) },
      step: (step, { settings }) => routed(step, { type: 'settings.update', settings }),
    },
    'date.confirm': {
      rights: officeOnly,
      relation: relationToOffice,
      audit: { subject: () => null },
      step(step) {
        step.add({ type: 'date.confirmed' });
        return done;
      },
    },
  };

function officeFacts({ config }: HubState): Facts {
  const { tags, wrapUpCodes, breakReasons, widget, ...others } = officeOf(config);
  const lists = { tags: tags.join(', '), wrapUpCodes: wrapUpCodes.join(', '), breakReasons: breakReasons.join(', ') };
  return factsOf({ ...others, ...lists, widget: { ...widget, sites: widget.sites.join(', ') } });
}
