import { SPOT_NOTICES, spotNoticeSeconds, spotPodSeconds } from '../../src/catalog/spot';

describe('spotNoticeSeconds', () => {
  it('knows the notice of a provider, and what of it a pod gets', () => {
    expect([spotNoticeSeconds('aws'), spotPodSeconds('aws')]).toEqual([120, 110]);
    expect([spotNoticeSeconds('gcp'), spotPodSeconds('gcp')]).toEqual([30, 15]);
    expect(spotPodSeconds('azure')).toBeUndefined();
  });

  it('knows none of other providers', () => {
    expect(spotNoticeSeconds('on-premises')).toBeUndefined();
    expect(spotPodSeconds('on-premises')).toBeUndefined();
  });

  it('names dated sources and never gives a pod more than there is', () => {
    for (const { noticeSeconds, podSeconds = 0, source, asOf } of SPOT_NOTICES) {
      expect(podSeconds).toBeLessThan(noticeSeconds);
      expect(source).toMatch(/^https:\/\//);
      expect(asOf).toMatch(/^20\d\d-\d\d-\d\d$/);
    }
  });
});
