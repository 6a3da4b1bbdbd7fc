import { warning } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';
import { entriesOf, seriesIn } from './alerts';

/** What an alert can be about: how its name says so, and which series tell it. */
interface Topic {
  readonly says: RegExp;
  readonly series: RegExp;
}

const TOPICS: { readonly [topic: string]: Topic } = {
  temperature: { says: /temp(?!l|o)|overheat|thermal|(gpu|node)hot/, series: /temp(?!l|o)|thermal|celsius/ },
  power: { says: /power|watt/, series: /power|energy|watt/ },
  memory: {
    says: /memory|vram|framebuffer|oom|(gpu|high|low)mem/,
    series: /mem|fb_(used|free|reserved|total)|framebuffer|cache_usage|oom/,
  },
  utilisation: {
    says: /gpu\w*(util|idle|under(used|util)|busy|wasted)|(idle|underused|underutili[sz]ed|unused)\w*gpu/,
    series:
      /gpu_util|gr_engine|sm_active|sm_occupancy|tensor_active|dram_active|pipe_\w+_active|utili[sz]ation|duty_cycle|gpu_busy|power_usage|sm_clock/,
  },
  cpu: { says: /cpu/, series: /cpu|load\d/ },
  disk: { says: /disk|filesystem|volume|storage|pvc/, series: /filesystem|disk|volume|pvc|storage/ },
  queue: {
    says: /queue|backlog|pending|waiting/,
    series: /queue|backlog|pending|waiting|unschedulable|status_phase|lag|depth|messages|workloads/,
  },
  latency: {
    says: /latency|ttft|slow(request|response|infer)|timetofirsttoken|responsetime/,
    series: /latency|duration|seconds|time|_ms\b|milliseconds/,
  },
  cost: { says: /cost|spend|budget|expens/, series: /cost|spend|budget|price|usd|dollar|hourly|billing/ },
  errors: { says: /xid|ecc\b|eccerror/, series: /xid|ecc|sbe|dbe|remap|retired/ },
  traffic: {
    says: /traffic|throughput|requestrate/,
    series: /requests?_(total|success|count)|tokens?_total|nvlink|pcie|bytes|_bandwidth/,
  },
};

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
      const name = alert.text.toLowerCase().replace(/[^a-z0-9]/g, '');
      const said = Object.entries(TOPICS).filter(([, { says }]) => says.test(name));
      const series = seriesIn(text);
      if (said.length === 0 || series.length === 0) return [];
      if (series.some((each) => said.some(([, topic]) => topic.series.test(each)))) return [];
      if (!series.every((each) => Object.values(TOPICS).some((topic) => topic.series.test(each)))) return [];
      return [warning(expr, `has the alert ${alert.text}, which measures ${[...new Set(series)].join(' and ')}.`)];
    }),
};
