# SPDX-License-Identifier: Apache-2.0
"""Writes the image's list of parts (CycloneDX) to standard output.

usage: sbom.py BOM-OF-THE-AGENT TREE DEBIAN-PACKAGES
Of the agent's parts those are kept whose jar is in the tree, with its hash; the JVM and Debian's packages are added. A jar that
no part is known of is an error: a list that lacks something is worse than none.
"""
import hashlib
import json
import pathlib
import re
import sys

bom = json.loads(pathlib.Path(sys.argv[1]).read_text())
tree = pathlib.Path(sys.argv[2])
packages = pathlib.Path(sys.argv[3]).read_text()

known = {it["name"]: it for it in bom["components"] + [bom["metadata"]["component"]]}
parts = []
for jar in sorted((tree / "highwater/opt/highwater/lib").glob("*.jar")):
    # The name is up to a hyphen that a digit follows; the version is the file's, should the reactor have seen another.
    name, version = re.fullmatch(r"(.*?)-(\d.*)\.jar", jar.name).groups()
    if name not in known:
        sys.exit(f"sbom.py: no part is known of {jar.name}")
    part = {**known[name], "version": version}
    if "purl" in part:
        part["purl"] = part["purl"].replace("@" + known[name]["version"], "@" + version)
    part["bom-ref"] = part.get("purl", name)
    part["hashes"] = [{"alg": "SHA-256", "content": hashlib.sha256(jar.read_bytes()).hexdigest()}]
    parts.append(part)

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
