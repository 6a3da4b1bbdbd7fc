import { devicesIn } from '../device';
import type { Field } from '../field';

/** What starts a training and nothing else. */
const TRAINS =
  /\b(torchrun|horovodrun|deepspeed|accelerate launch|torch\.distributed\.(run|launch)|(pre)?train(ing)?(_\w+)?\.py|\w+_(pre)?train\.py|fine[-_]?tun\w*\.py)\b/;
/** What serves, or waits for somebody to start something by hand. */
const SERVES =
  /\b(vllm|serve|server|uvicorn|gunicorn|infer\w*|predict\w*|jupyter\S*|sleep|tail -f|\w*serv(e|er|ing)\.py)\b/;
const LONGEST = 16384;

/** Whether pods of a kind that keeps servers running start a training on accelerators, so that they come to an end all the same. */
export function startsTraining(spec: Field): boolean {
  const containers = spec.at('containers').items.filter((each) => devicesIn(each.at('resources')).length > 0);
  return containers.some((each) => {
    const started = [...each.at('command').texts, ...each.at('args').texts].join(' ').slice(0, LONGEST).toLowerCase();
    return TRAINS.test(started) && !SERVES.test(started);
  });
}
