// SPDX-License-Identifier: Apache-2.0

//go:build tools

// What of KEDA is built, so that go.sum has all of it. Its main module pins modules, which is why this one does the same.
package tools

import (
	_ "github.com/kedacore/keda/v2/cmd/adapter"
	_ "github.com/kedacore/keda/v2/cmd/operator"
)
