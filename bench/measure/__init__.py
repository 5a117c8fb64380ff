# SPDX-License-Identifier: Apache-2.0
"""What bench/side-by-side is made of. Python's standard library only; Linux only, for /proc."""
