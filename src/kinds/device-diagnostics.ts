import { invalid } from '../core/diagnostics';

export const FRACTIONAL_GPU = invalid(
  'KUB024',
  'fractional-gpu',
  'Extended resources are whole numbers; the API server refuses anything else.',
  'https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/#extended-resources',
);
export const BAD_DEVICE = invalid(
  'KUB025',
  'unknown-device',
  'No node offers the resource, so the pod waits for ever.',
  'https://kubernetes.io/docs/concepts/extend-kubernetes/compute-storage-net/device-plugins/',
);
