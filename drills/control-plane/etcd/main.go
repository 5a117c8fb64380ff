// SPDX-License-Identifier: Apache-2.0

// etcd as it is: its own module cannot be installed by name, for it replaces modules by folders beside it.
package main

import (
	"os"

	"go.etcd.io/etcd/server/v3/etcdmain"
)

func main() {
	etcdmain.Main(os.Args)
}
