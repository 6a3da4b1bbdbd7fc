import type { AnyRule } from '../../rule';
import { quotesInArgument } from './quotes-in-argument';
import { shellSyntaxWithoutShell } from './shell-syntax-without-shell';
import { undefinedVariable } from './undefined-variable';
import { shellVariableNotExpanded } from './shell-variable-not-expanded';
import { variableDefinedTwice } from './variable-defined-twice';
import { backendPortMissing } from './backend-port-missing';
import { duplicateObject } from './duplicate-object';
import { missingClaim } from './missing-claim';
import { missingClusterQueue } from './missing-cluster-queue';
import { missingConfigMap } from './missing-config-map';
import { missingKey } from './missing-key';
import { missingQueue } from './missing-queue';
import { missingResourceClaim } from './missing-resource-claim';
import { missingRole } from './missing-role';
import { missingRuntimeClass } from './missing-runtime-class';
import { missingRuntime } from './missing-runtime';
import { missingScaleTarget } from './missing-scale-target';
import { missingSecret } from './missing-secret';
import { missingServiceAccount } from './missing-service-account';
import { missingService } from './missing-service';
import { missingStorageClass } from './missing-storage-class';
import { missingTriggerAuthentication } from './missing-trigger-authentication';
import { missingWorkflowTemplate } from './missing-workflow-template';
import { mpiJobVersions } from './mpi-job-versions';
import { queueOfAnotherNamespace } from './queue-of-another-namespace';
import { selectorNotOfTemplate } from './selector-not-of-template';
import { servicePortUnserved } from './service-port-unserved';
import { serviceWithoutPods } from './service-without-pods';
import { unknownPriorityClass } from './unknown-priority-class';

/** Rules of the group references. */
export const REFERENCES: readonly AnyRule[] = [
  variableDefinedTwice,
  shellVariableNotExpanded,
  undefinedVariable,
  shellSyntaxWithoutShell,
  quotesInArgument,
  backendPortMissing,
  duplicateObject,
  missingClaim,
  missingClusterQueue,
  missingConfigMap,
  missingKey,
  missingQueue,
  missingResourceClaim,
  missingRole,
  missingRuntimeClass,
  missingRuntime,
  missingScaleTarget,
  missingSecret,
  missingServiceAccount,
  missingService,
  missingStorageClass,
  missingTriggerAuthentication,
  missingWorkflowTemplate,
  mpiJobVersions,
  queueOfAnotherNamespace,

  selectorNotOfTemplate,
  servicePortUnserved,
  serviceWithoutPods,
  unknownPriorityClass,
];
