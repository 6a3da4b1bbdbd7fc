import { Framework } from 'cdk8s-ml';

/** Each framework as it is usually asked for. */
export const FRAMEWORKS: { readonly [name in Framework['name']]: Framework } = {
  pytorch: Framework.pytorch(),
  jax: Framework.jax(),
  xgboost: Framework.xgboost(),
  plain: Framework.plain(),
  tensorflow: Framework.tensorflow(),
  mpi: Framework.mpi(),
  horovod: Framework.horovod(),
  deepspeed: Framework.deepspeed(),
  ray: Framework.ray(),
};
