import type { Chart } from 'cdk8s';
import { Testing } from 'cdk8s';
import type { ClusterProfileProps, GpuTrainingJobProps } from 'cdk8s-ml';
import { DiagnosticError, GpuTrainingJob } from 'cdk8s-ml';
import { chartWith, only, SINGLE } from './training/fixtures';

type Profile = Partial<ClusterProfileProps>;

/** What an act says when it is refused, or an empty text; anything but our own or cdk8s's refusal is thrown on. */
export function complaint(act: () => unknown): string {
  try {
    act();
    return '';
  } catch (error) {
    if (error instanceof DiagnosticError) return error.message;
    if (error instanceof Error && error.message.startsWith('Validation failed')) return error.message;
    throw error;
  }
}

/** What making and synthesizing says, or an empty text. */
export function complaints(make: (chart: Chart) => void, profile?: Profile): string {
  const chart = chartWith(profile);
  return complaint(() => {
    make(chart);
    Testing.synth(chart);
  });
}

/** What a training job with these props says, whatever type they have. */
export function jobComplaints(props: { readonly [property: string]: unknown }, profile?: Profile): string {
  const given = { ...SINGLE, ...props } as GpuTrainingJobProps;
  return complaints((chart) => new GpuTrainingJob(chart, 'bert', given), profile);
}

/** The manifest of a training job with these props. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export function jobOf(props: Partial<GpuTrainingJobProps> = {}, profile?: Profile): any {
  const chart = chartWith(profile);
  new GpuTrainingJob(chart, 'bert', { ...SINGLE, ...props });
  return only(chart, 'Job');
}

/** The pod of a training job with these props. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export function podOf(props: Partial<GpuTrainingJobProps> = {}, profile?: Profile): any {
  return jobOf(props, profile).spec.template.spec;
}
