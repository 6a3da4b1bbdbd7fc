import { warning } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';
import { TOPICS } from './alert-topics';
import { entriesOf } from './alerts';
import { seriesIn } from './promql';

/** Used by free memory of GPUs, where used by all of it is meant. */
const USED_BY_FREE = /FB_USED(\{[^{}]*\})?\s*\/\s*DCGM_FI_DEV_FB_FREE\b/;

export const alertMetric: Rule<Scope.OBJECT> = {
  name: 'alert-metric',
  group: Group.RUNAWAY,
  facts: [],
  scope: Scope.OBJECT,
  why: 'Whoever is woken by an alert looks where its name points: one that measures something else sends them to the wrong place, and what it names goes unwatched. https://docs.nvidia.com/datacenter/cloud-native/gpu-telemetry/latest/dcgm-exporter.html',
  fix: 'Take a series of what the name says, such as DCGM_FI_DEV_FB_USED for memory, or name the alert for what it measures.',
  check: (resource) =>
    entriesOf(resource).flatMap(({ alert, expr }) => {
      const { text } = expr;
      if (alert.text === undefined || text === undefined) return [];
      if (USED_BY_FREE.test(text)) {
        const message = `has the alert ${alert.text}, which divides used by free memory: 1 is half full.`;
        return [warning(expr, message, 'Divide by DCGM_FI_DEV_FB_USED + DCGM_FI_DEV_FB_FREE.')];
      }
      const name = alert.text.toLowerCase().replace(/[^a-z0-9]/g, '');
      const said = Object.entries(TOPICS).filter(([, { says }]) => says.test(name));
      const series = seriesIn(text);
      if (said.length === 0 || series.length === 0) return [];
      if (series.some((each) => said.some(([, topic]) => topic.series.test(each)))) return [];
      if (!series.every((each) => Object.values(TOPICS).some((topic) => topic.series.test(each)))) return [];
      return [warning(expr, `has the alert ${alert.text}, which measures ${[...new Set(series)].join(' and ')}.`)];
    }),
};
