//go:build tools

// Package tools pins the main package that the cluster tests build from this module.
package tools

import _ "sigs.k8s.io/scheduler-plugins/cmd/scheduler"
