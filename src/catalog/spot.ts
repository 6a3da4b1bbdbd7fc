// What a pod gets between the notice and the end of a spot node.
// https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/spot-instance-termination-notices.html
// https://cloud.google.com/kubernetes-engine/docs/concepts/spot-vms (pods of users get 15 of the 30 seconds)
// https://learn.microsoft.com/azure/virtual-machines/spot-vms
const NOTICE_SECONDS: { readonly [provider: string]: number } = { aws: 120, gcp: 15, azure: 30 };

/** Seconds of notice before a spot node is taken back; undefined where no provider promises any. */
export function spotNoticeSeconds(provider: string): number | undefined {
  return Object.hasOwn(NOTICE_SECONDS, provider) ? NOTICE_SECONDS[provider] : undefined;
}
