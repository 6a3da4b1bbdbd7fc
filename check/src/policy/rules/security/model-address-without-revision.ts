import { warning } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

/** An address of the hub without what follows a colon. */
const UNPINNED = /^hf:\/\/[^/:\s]{1,200}\/[^/:\s]{1,200}$/;

export const modelAddressWithoutRevision: Rule<Scope.OBJECT> = {
  name: 'model-address-without-revision',
  group: Group.SECURITY,
  facts: ['ML-SEC-008'],
  scope: Scope.OBJECT,
  why: 'What is loaded changes when the owner of the model pushes. https://kserve.github.io/website/docs/model-serving/storage/providers/hf',
  fix: 'Write the commit behind a colon: hf://owner/model:commit.',
  check: (resource) => {
    if (resource.group !== 'serving.kserve.io') return [];
    const predictor = resource.at('spec', 'predictor');
    const model = resource.at('spec', 'model');
    const addresses = [
      ...predictor.entries.map(([, part]) => part.at('storageUri')),
      model.at('uri'),
      ...model.at('lora', 'adapters').items.map((adapter) => adapter.at('uri')),
    ];
    return addresses
      .filter(({ text = '' }) => UNPINNED.test(text))
      .map((address) => warning(address, `loads ${address.text} without a revision.`));
  },
};
