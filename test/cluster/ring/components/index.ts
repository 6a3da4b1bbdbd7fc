import type { Component } from '../component';
import { etcd } from './etcd';
import { kubeApiserver } from './kube-apiserver';

/** Every component of the ring, in the order in which they start; they stop in the opposite one. */
export const components: Component[] = [etcd, kubeApiserver];
