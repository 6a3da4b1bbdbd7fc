//go:build tools

// Package tools pins the main packages that the cluster tests build from this module.
package tools

import (
	_ "volcano.sh/volcano/cmd/controller-manager"
	_ "volcano.sh/volcano/cmd/scheduler"
)
