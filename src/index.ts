/** Constructs for machine learning on Kubernetes. */
export {};
