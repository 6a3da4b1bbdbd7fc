//go:build tools

// Package tools pins the main packages that the cluster tests build from this module.
package tools

import (
	_ "github.com/kedacore/keda/v2/cmd/operator"
	_ "github.com/kedacore/keda/v2/cmd/webhooks"
)
