# SPDX-License-Identifier: Apache-2.0
"""The backends that side-by-side knows: what is watched, by which other exporter, and what is measured."""

import os

from .programs import PostgresExporter, RedisExporter, cluster, lines


class Postgres:
    title = "Postgres, a primary with a standby"
    component = "postgres"
    other = PostgresExporter
    figures = ["ordinary", "freshness", "hung", "crowd", "large", "broken"]
    collectors = ["slots", "archiver", "activity", "locks", "databases", "wal", "statements", "tables", "settings",
                  "sizes"]
    fresh = "replication 1 s"
    hangs = "the primary hangs"
    work = "statements a second in the databases"

    def __init__(self, options):
        self.lab_arguments = ["postgres", str(options.postgres)]

    def login(self, lab, folder):
        """Lines of the configuration."""
        file = os.path.join(folder, "password")
        with open(file, "w") as out:
            out.write(lab.password)
        return [f"passwordFile: {file}"]

    def nodes(self, lab):
        return {"pg-1": lab.ports[0], "pg-2": lab.ports[1]}

    def complete(self, page):
        """Both servers up, the lag computed."""
        return lines(page, "pg_up", "1") >= 2 and "\npg_replication_lag_seconds{" in page

    def work_of(self, lab, program):
        """Of one program alone, by its role."""
        return lab.order("statements")[program.name]


class Redis:
    title = "Redis, a master with a replica"
    component = "redis"
    other = RedisExporter
    figures = ["ordinary", "freshness", "hung", "crowd"]
    collectors = ["commands", "settings"]
    fresh = "state 1 s"
    hangs = "the master hangs"
    work = "commands a second at the servers, of all clients"

    def __init__(self, _):
        self.lab_arguments = ["redis"]

    def login(self, _lab, _folder):
        return []

    def nodes(self, lab):
        return {"redis-1": lab.ports[0], "redis-2": lab.ports[1]}

    def complete(self, page):
        """Both servers up, the lag computed."""
        return lines(page, "redis_up", "1") >= 2 and "\nredis_replication_lag_seconds{" in page

    def work_of(self, lab, _):
        """Of all clients, the replica and the lab among them: Redis does not part them."""
        return lab.order("statements")["all"]


BACKENDS = {"postgres": Postgres, "redis": Redis}
