import { App, Chart, Cron, Size } from 'cdk8s';
import {
  Checkpoints,
  Claim,
  ClusterProfile,
  DistributedTraining,
  Env,
  GpuTrainingJob,
  ScheduledRetrain,
  TrainingRun,
} from '../../src/index';
import { GANG, SINGLE } from '../training/fixtures';

/** An app with every construct that has a name, a time or an order in it, as YAML. */
export function synthesize(): string {
  const app = new App();
  for (const id of ['i-east', 'i-west']) {
    const chart = new Chart(app, id, { namespace: id, labels: { zeta: 'z', alpha: 'a', 'I.x': 'i' } });
    ClusterProfile.attach(chart, new ClusterProfile({ name: id }));
    const claim = new Claim(chart, 'state', { size: Size.gibibytes(11) });
    const env = { Z: Env.value('zwölf'), '10': Env.value('ten'), '9': Env.value('nine'), a: Env.value('İstanbul') };
    const checkpoints = Checkpoints.on(claim);
    new GpuTrainingJob(chart, 'intake', { ...SINGLE, env, checkpoints, run: 'v1' });
    new DistributedTraining(chart, 'llm', { ...GANG, checkpoints });
    new ScheduledRetrain(chart, 'weekly', {
      schedule: Cron.schedule({ minute: '0', hour: '4', weekDay: '0' }),
      timeZone: 'Europe/Zurich',
      job: TrainingRun.single({ ...SINGLE, checkpoints }),
    });
  }
  return app.synthYaml();
}
