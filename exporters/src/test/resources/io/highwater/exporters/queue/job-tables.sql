-- SPDX-License-Identifier: Apache-2.0
-- What libraries keep in Postgres, as far as it matters here: in each two jobs wait, the first since a minute, one is
-- delayed for an hour, one runs for half a minute, and one failed five minutes ago; the others are done, or are none.

-- Oban: migrations up to version 15
CREATE TYPE oban_job_state AS ENUM ('available', 'suspended', 'scheduled', 'executing', 'retryable', 'completed', 'discarded', 'cancelled');
CREATE TABLE oban_jobs (id bigserial PRIMARY KEY, state oban_job_state NOT NULL DEFAULT 'available',
    queue text NOT NULL DEFAULT 'default', worker text NOT NULL DEFAULT 'Mail', args jsonb NOT NULL DEFAULT '{}',
    inserted_at timestamp NOT NULL, scheduled_at timestamp NOT NULL, attempted_at timestamp, completed_at timestamp,
    discarded_at timestamp, cancelled_at timestamp, priority integer NOT NULL DEFAULT 0);
CREATE INDEX ON oban_jobs (state, queue, priority, scheduled_at, id);
SET TimeZone = 'UTC';
INSERT INTO oban_jobs (queue, state, inserted_at, scheduled_at, attempted_at, discarded_at) VALUES
    ('mails', 'available', now() - interval '1 day', now() - interval '60 s', NULL, NULL),
    ('mails', 'available', now(), now(), NULL, NULL),
    ('mails', 'scheduled', now() - interval '1 day', now() + interval '1 hour', NULL, NULL),
    ('mails', 'retryable', now() - interval '1 day', now() - interval '20 s', NULL, NULL),
    ('mails', 'executing', now() - interval '1 day', now() - interval '1 day', now() - interval '30 s', NULL),
    ('mails', 'discarded', now() - interval '1 day', now() - interval '1 day', now(), now() - interval '300 s'),
    ('mails', 'completed', now() - interval '1 day', now() - interval '1 day', now(), NULL);

-- River 0.51: migrations up to 8, in a schema of their own
CREATE SCHEMA rivers;
CREATE TYPE rivers.river_job_state AS ENUM ('available', 'cancelled', 'completed', 'discarded', 'pending', 'retryable', 'running', 'scheduled');
CREATE TABLE rivers.river_job (id bigserial PRIMARY KEY, state rivers.river_job_state NOT NULL DEFAULT 'available',
    attempted_at timestamptz, created_at timestamptz NOT NULL DEFAULT now(), finalized_at timestamptz,
    scheduled_at timestamptz NOT NULL DEFAULT now(), priority smallint NOT NULL DEFAULT 1, args jsonb NOT NULL DEFAULT '{}',
    kind text NOT NULL DEFAULT 'mail', queue text NOT NULL DEFAULT 'default');
CREATE INDEX ON rivers.river_job (state, queue, priority, scheduled_at, id);
CREATE INDEX ON rivers.river_job (state, finalized_at) WHERE finalized_at IS NOT NULL;
INSERT INTO rivers.river_job (queue, state, created_at, scheduled_at, attempted_at, finalized_at) VALUES
    ('mails', 'available', now() - interval '1 day', now() - interval '60 s', NULL, NULL),
    ('mails', 'available', now(), now(), NULL, NULL),
    ('mails', 'scheduled', now() - interval '1 day', now() + interval '1 hour', NULL, NULL),
    ('mails', 'retryable', now() - interval '1 day', now() - interval '20 s', NULL, NULL),
    ('mails', 'pending', now() - interval '1 day', now() - interval '1 day', NULL, NULL),
    ('mails', 'running', now() - interval '1 day', now() - interval '1 day', now() - interval '30 s', NULL),
    ('mails', 'discarded', now() - interval '1 day', now() - interval '1 day', now(), now() - interval '300 s'),
    ('mails', 'completed', now() - interval '1 day', now() - interval '1 day', now(), now());

-- pg-boss 12.38; its version 10 is run for real
CREATE SCHEMA pgboss;
CREATE TYPE pgboss.job_state AS ENUM ('created', 'retry', 'active', 'completed', 'cancelled', 'failed');
CREATE TABLE pgboss.job (id uuid NOT NULL DEFAULT gen_random_uuid(), name text NOT NULL, priority integer NOT NULL DEFAULT 0,
    data jsonb, state pgboss.job_state NOT NULL DEFAULT 'created', start_after timestamptz NOT NULL DEFAULT now(),
    created_on timestamptz NOT NULL DEFAULT now(), started_on timestamptz, completed_on timestamptz,
    blocked boolean NOT NULL DEFAULT false) PARTITION BY LIST (name);
CREATE TABLE pgboss.job_common PARTITION OF pgboss.job DEFAULT;
CREATE INDEX ON pgboss.job (name, state, blocked, start_after) WHERE state IN ('created', 'retry', 'active');
INSERT INTO pgboss.job (name, state, created_on, start_after, started_on, completed_on, blocked) VALUES
    ('mails', 'retry', now() - interval '1 day', now() - interval '60 s', now() - interval '1 hour', NULL, false),
    ('mails', 'created', now(), now(), NULL, NULL, false),
    ('mails', 'created', now() - interval '1 day', now() - interval '1 day', NULL, NULL, true),
    ('mails', 'created', now() - interval '1 day', now() + interval '1 hour', NULL, NULL, false),
    ('mails', 'active', now() - interval '1 day', now() - interval '1 day', now() - interval '30 s', NULL, false),
    ('mails', 'failed', now() - interval '1 day', now() - interval '1 day', now(), now() - interval '300 s', false),
    ('mails', 'completed', now() - interval '1 day', now() - interval '1 day', now(), now(), false);

-- GoodJob 4
CREATE TABLE good_jobs (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), queue_name text, priority integer,
    serialized_params jsonb, scheduled_at timestamp, performed_at timestamp, finished_at timestamp, error text,
    created_at timestamp NOT NULL, updated_at timestamp NOT NULL DEFAULT now());
CREATE INDEX ON good_jobs (queue_name, scheduled_at) WHERE finished_at IS NULL;
CREATE TABLE good_job_processes (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), created_at timestamp, updated_at timestamp, state jsonb);
INSERT INTO good_jobs (queue_name, created_at, scheduled_at, performed_at, finished_at, error) VALUES
    ('mails', now() - interval '1 day', now() - interval '60 s', NULL, NULL, 'once failed'),
    ('mails', now(), NULL, NULL, NULL, NULL),
    ('mails', now() - interval '1 day', now() + interval '1 hour', NULL, NULL, NULL),
    ('mails', now() - interval '1 day', now() - interval '1 day', now() - interval '30 s', NULL, NULL),
    ('mails', now() - interval '1 day', now() - interval '1 day', now(), now() - interval '300 s', 'failed'),
    ('mails', now() - interval '1 day', now() - interval '1 day', now(), now(), NULL);
INSERT INTO good_job_processes (updated_at) VALUES (now() + interval '1 hour'), (now() - interval '1 hour');

-- Delayed Job (delayed_job_active_record 4.1)
CREATE TABLE delayed_jobs (id bigserial PRIMARY KEY, priority integer NOT NULL DEFAULT 0, attempts integer NOT NULL DEFAULT 0,
    handler text NOT NULL DEFAULT '', last_error text, run_at timestamp, locked_at timestamp, failed_at timestamp,
    locked_by varchar, queue varchar, created_at timestamp, updated_at timestamp);
CREATE INDEX delayed_jobs_priority ON delayed_jobs (priority, run_at);
INSERT INTO delayed_jobs (queue, created_at, run_at, locked_at, failed_at) VALUES
    ('mails', now() - interval '1 day', now() - interval '60 s', NULL, NULL),
    ('mails', now(), now(), NULL, NULL),
    (NULL, now(), now(), NULL, NULL),
    ('mails', now() - interval '1 day', now() + interval '1 hour', NULL, NULL),
    ('mails', now() - interval '1 day', now() - interval '1 day', now() - interval '30 s', NULL),
    ('mails', now() - interval '1 day', now() - interval '1 day', now(), now() - interval '300 s');

-- Graphile Worker 0.17
CREATE SCHEMA graphile_worker;
CREATE TABLE graphile_worker._private_tasks (id int PRIMARY KEY GENERATED ALWAYS AS IDENTITY, identifier text NOT NULL UNIQUE);
CREATE TABLE graphile_worker._private_jobs (id bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY, job_queue_id int, task_id int NOT NULL,
    payload json NOT NULL DEFAULT '{}', priority smallint NOT NULL DEFAULT 0, run_at timestamptz NOT NULL DEFAULT now(),
    attempts smallint NOT NULL DEFAULT 0, max_attempts smallint NOT NULL DEFAULT 25, created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(), locked_at timestamptz, locked_by text,
    is_available boolean GENERATED ALWAYS AS (locked_at IS NULL AND attempts < max_attempts) STORED NOT NULL);
ALTER TABLE graphile_worker._private_jobs ENABLE ROW LEVEL SECURITY;
ALTER TABLE graphile_worker._private_tasks ENABLE ROW LEVEL SECURITY;
CREATE INDEX ON graphile_worker._private_jobs (priority, run_at) INCLUDE (id, task_id, job_queue_id) WHERE is_available = true;
INSERT INTO graphile_worker._private_tasks (identifier) VALUES ('mails');
INSERT INTO graphile_worker._private_jobs (task_id, created_at, run_at, locked_at, attempts, updated_at) VALUES
    (1, now() - interval '1 day', now() - interval '60 s', NULL, 1, now()),
    (1, now(), now(), NULL, 0, now()),
    (1, now() - interval '1 day', now() + interval '1 hour', NULL, 0, now()),
    (1, now() - interval '1 day', now() - interval '1 day', now() - interval '30 s', 1, now()),
    (1, now() - interval '1 day', now() - interval '1 day', NULL, 25, now() - interval '300 s');

-- Procrastinate 3.10
CREATE TYPE procrastinate_job_status AS ENUM ('todo', 'doing', 'succeeded', 'failed', 'cancelled', 'aborting', 'aborted');
CREATE TYPE procrastinate_job_event_type AS ENUM ('deferred', 'started', 'deferred_for_retry', 'failed', 'succeeded', 'cancelled',
    'abort_requested', 'aborted', 'scheduled', 'retried');
CREATE TABLE procrastinate_workers (id bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY, last_heartbeat timestamptz NOT NULL DEFAULT now());
CREATE TABLE procrastinate_jobs (id bigserial PRIMARY KEY, queue_name varchar(128) NOT NULL, task_name varchar(128) NOT NULL DEFAULT 'mail',
    priority integer NOT NULL DEFAULT 0, status procrastinate_job_status NOT NULL DEFAULT 'todo', scheduled_at timestamptz);
CREATE TABLE procrastinate_events (id bigserial PRIMARY KEY, job_id bigint NOT NULL, type procrastinate_job_event_type, at timestamptz DEFAULT now());
CREATE INDEX ON procrastinate_jobs (priority desc, id asc) WHERE status = 'todo';
CREATE INDEX ON procrastinate_events (job_id);
INSERT INTO procrastinate_jobs (queue_name, status, scheduled_at) VALUES ('mails', 'todo', NULL), ('mails', 'todo', now()),
    ('mails', 'todo', now() + interval '1 hour'), ('mails', 'doing', NULL), ('mails', 'failed', NULL), ('mails', 'succeeded', NULL);
INSERT INTO procrastinate_events (job_id, type, at) SELECT id, 'deferred', now() - interval '1 day' FROM procrastinate_jobs;
INSERT INTO procrastinate_events (job_id, type, at) VALUES (1, 'started', now() - interval '70 s'),
    (1, 'deferred_for_retry', now() - interval '60 s'), (4, 'started', now() - interval '30 s'),
    (5, 'started', now() - interval '310 s'), (5, 'failed', now() - interval '300 s');
INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() + interval '1 hour'), (now() - interval '1 hour');

-- Solid Queue 1.3
CREATE TABLE solid_queue_jobs (id bigserial PRIMARY KEY, queue_name varchar NOT NULL, class_name varchar NOT NULL DEFAULT 'Mail',
    arguments text, priority integer NOT NULL DEFAULT 0, scheduled_at timestamp, finished_at timestamp, created_at timestamp NOT NULL);
CREATE TABLE solid_queue_ready_executions (id bigserial PRIMARY KEY, job_id bigint NOT NULL, queue_name varchar NOT NULL,
    priority integer NOT NULL DEFAULT 0, created_at timestamp NOT NULL);
CREATE TABLE solid_queue_scheduled_executions (id bigserial PRIMARY KEY, job_id bigint NOT NULL, queue_name varchar NOT NULL,
    priority integer NOT NULL DEFAULT 0, scheduled_at timestamp NOT NULL, created_at timestamp NOT NULL);
CREATE TABLE solid_queue_blocked_executions (id bigserial PRIMARY KEY, job_id bigint NOT NULL, queue_name varchar NOT NULL,
    priority integer NOT NULL DEFAULT 0, concurrency_key varchar NOT NULL, expires_at timestamp NOT NULL, created_at timestamp NOT NULL);
CREATE TABLE solid_queue_claimed_executions (id bigserial PRIMARY KEY, job_id bigint NOT NULL, process_id bigint, created_at timestamp NOT NULL);
CREATE TABLE solid_queue_failed_executions (id bigserial PRIMARY KEY, job_id bigint NOT NULL, error text, created_at timestamp NOT NULL);
CREATE TABLE solid_queue_processes (id bigserial PRIMARY KEY, kind varchar NOT NULL, last_heartbeat_at timestamp NOT NULL,
    pid integer NOT NULL DEFAULT 1, name varchar NOT NULL DEFAULT 'one', created_at timestamp NOT NULL);
INSERT INTO solid_queue_jobs (queue_name, created_at, finished_at)
    SELECT 'mails', now() - interval '1 day', CASE WHEN i = 7 THEN now() END FROM generate_series(1, 7) AS i;
INSERT INTO solid_queue_ready_executions (job_id, queue_name, created_at) VALUES (1, 'mails', now() - interval '60 s'), (2, 'mails', now());
INSERT INTO solid_queue_scheduled_executions (job_id, queue_name, scheduled_at, created_at) VALUES (3, 'mails', now() + interval '1 hour', now());
INSERT INTO solid_queue_blocked_executions (job_id, queue_name, concurrency_key, expires_at, created_at) VALUES (4, 'mails', 'one', now(), now());
INSERT INTO solid_queue_claimed_executions (job_id, process_id, created_at) VALUES (5, 1, now() - interval '30 s');
INSERT INTO solid_queue_failed_executions (job_id, created_at) VALUES (6, now() - interval '300 s');
INSERT INTO solid_queue_processes (kind, last_heartbeat_at, created_at) VALUES ('Worker', now() + interval '1 hour', now()),
    ('Dispatcher', now(), now()), ('Worker', now() - interval '1 hour', now());
