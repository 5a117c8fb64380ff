// SPDX-License-Identifier: Apache-2.0

// kube-controller-manager as it is: its own module wants its staging modules in versions that do not exist, which only a main
// module can replace.
package main

import (
	"os"

	"k8s.io/component-base/cli"
	"k8s.io/kubernetes/cmd/kube-controller-manager/app"
)

func main() {
	os.Exit(cli.Run(app.NewControllerManagerCommand()))
}
