# SPDX-License-Identifier: Apache-2.0
"""Writes the image's list of parts (CycloneDX) to standard output.

usage: sbom.py BOM-OF-THE-AGENT TREE DEBIAN-PACKAGES
Of the agent's parts those are kept whose jar is in the tree, the JVM and Debian's packages are added. A jar that no part is
known of is an error: a list that lacks something is worse than none.
"""
import json
import pathlib
import re
import sys

bom = json.loads(pathlib.Path(sys.argv[1]).read_text())
tree = pathlib.Path(sys.argv[2])
packages = pathlib.Path(sys.argv[3]).read_text()

known = {f"{it['name']}-{it['version']}.jar": it for it in bom["components"] + [bom["metadata"]["component"]]}
jars = sorted(jar.name for jar in (tree / "highwater/opt/highwater/lib").glob("*.jar"))
missing = [jar for jar in jars if jar not in known]
if missing:
    sys.exit(f"sbom.py: no part is known of {missing}")
parts = [known[jar] for jar in jars]

release = dict(re.findall(r'^(\w+)="(.*)"$', (tree / "java/opt/java/release").read_text(), re.MULTILINE))
version = release.get("JAVA_RUNTIME_VERSION", release["JAVA_VERSION"])
parts.append({
    "type": "platform", "bom-ref": "jdk", "name": "openjdk", "version": version,
    "description": "Java runtime of the modules " + release["MODULES"],
    "licenses": [{"license": {"name": "GPL-2.0-with-classpath-exception"}}],
})
for name, number in re.findall(r"^Package: (.*)\nVersion: (.*)$", packages, re.MULTILINE):
    purl = f"pkg:deb/debian/{name}@{number}?arch=amd64&distro=debian-12"
    parts.append({"type": "library", "bom-ref": purl, "name": name, "version": number, "purl": purl})

kept = {it.get("bom-ref") for it in parts}
bom["components"] = parts
bom["metadata"]["component"] = {
    "type": "container", "bom-ref": "image", "name": "highwater", "version": bom["metadata"]["component"]["version"],
}
bom["dependencies"] = [
    {**it, "dependsOn": [on for on in it.get("dependsOn", []) if on in kept]}
    for it in bom.get("dependencies", []) if it["ref"] in kept
]
json.dump(bom, sys.stdout, indent=2)
