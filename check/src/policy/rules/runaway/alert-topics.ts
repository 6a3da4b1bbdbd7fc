/** What an alert can be about: how its name says so, and which series tell it. */
export interface Topic {
  readonly says: RegExp;
  readonly series: RegExp;
}

/** Topics of alerts, by name. */
export const TOPICS: { readonly [topic: string]: Topic } = {
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
