import { CLUSTER, COMPONENT_NAMES, componentsNamed } from './components';
import { kubeconfigOf } from './components/kube-apiserver';
import { KUBERNETES } from './components/kubernetes';
import { startRing } from './ring';

/** Keeps a ring running for a developer until the process is interrupted; components are named as arguments. */
async function serve(names: string[]): Promise<void> {
  const wanted = names.length > 0 ? [...CLUSTER, ...names] : COMPONENT_NAMES;
  const ring = await startRing(componentsNamed(wanted), (line) => console.error(`[ring] ${line}`));
  const stopped = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve());
  });
  console.log(`Kubernetes ${KUBERNETES} runs, with logs in ${ring.site.folder}/logs, until Ctrl-C.\n`);
  console.log(`export KUBECONFIG=${kubeconfigOf(ring.site)}`);
  await stopped;
  console.error('[ring] stopping');
  const complaints = await ring.stop();
  if (complaints.length > 0) throw new Error(complaints.join('; '));
}

serve(process.argv.slice(2)).catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
