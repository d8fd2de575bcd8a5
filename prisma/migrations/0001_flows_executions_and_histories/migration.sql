CREATE TYPE "execution_status" AS ENUM ('running', 'succeeded', 'failed', 'timedOut', 'stopped');

CREATE TABLE "flow" (
  "id" UUID NOT NULL,
  "name" TEXT NOT NULL,
  "description" TEXT NOT NULL DEFAULT '',
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "flow_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "flow_name_key" ON "flow"("name");

CREATE TABLE "flow_version" (
  "id" UUID NOT NULL,
  "flow_id" UUID NOT NULL,
  "number" INTEGER NOT NULL,
  "source" TEXT NOT NULL,
  "format" TEXT NOT NULL,
  "definition" JSON NOT NULL,
  "layout" JSON NOT NULL DEFAULT '{}',
  "note" TEXT NOT NULL DEFAULT '',
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "flow_version_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "flow_version_flow_id_fkey" FOREIGN KEY ("flow_id") REFERENCES "flow"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE UNIQUE INDEX "flow_version_flow_id_number_key" ON "flow_version"("flow_id", "number");

CREATE TABLE "execution" (
  "id" UUID NOT NULL,
  "flow_id" UUID NOT NULL,
  "version_id" UUID NOT NULL,
  "name" TEXT NOT NULL,
  "status" "execution_status" NOT NULL DEFAULT 'running',
  "started_at" TIMESTAMPTZ(3) NOT NULL,
  "ended_at" TIMESTAMPTZ(3),
  "error" TEXT,
  "cause" TEXT,
  "redrives" INTEGER NOT NULL DEFAULT 0,
  "wake_at" TIMESTAMPTZ(3),
  "shard" SMALLINT NOT NULL,
  "parent_id" UUID,
  "parent_step" INTEGER,
  "parent_attempt" INTEGER,
  CONSTRAINT "execution_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "execution_flow_id_fkey" FOREIGN KEY ("flow_id") REFERENCES "flow"("id") ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT "execution_version_id_fkey" FOREIGN KEY ("version_id") REFERENCES "flow_version"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE UNIQUE INDEX "execution_flow_id_name_key" ON "execution"("flow_id", "name");
CREATE INDEX "execution_flow_id_id_idx" ON "execution"("flow_id", "id");
CREATE INDEX "execution_status_id_idx" ON "execution"("status", "id");
-- Few executions sleep and few have a parent: these two cost nothing for all others.
CREATE INDEX "execution_wake_at_idx" ON "execution"("wake_at") WHERE "wake_at" IS NOT NULL;
CREATE INDEX "execution_parent_id_idx" ON "execution"("parent_id") WHERE "parent_id" IS NOT NULL;

-- No foreign keys below: they would be checked for each row of the hot path. The trigger takes the history along.
CREATE TABLE "journal" (
  "execution_id" UUID NOT NULL,
  "last_event" INTEGER NOT NULL,
  "events" TEXT NOT NULL,
  CONSTRAINT "journal_pkey" PRIMARY KEY ("execution_id", "last_event")
);

CREATE TABLE "journal_value" (
  "execution_id" UUID NOT NULL,
  "hash" TEXT NOT NULL,
  "json" TEXT NOT NULL,
  CONSTRAINT "journal_value_pkey" PRIMARY KEY ("execution_id", "hash")
);

CREATE TABLE "log_line" (
  "id" BIGSERIAL NOT NULL,
  "execution_id" UUID NOT NULL,
  "step" INTEGER NOT NULL,
  "attempt" INTEGER NOT NULL,
  "at" TIMESTAMPTZ(3) NOT NULL,
  "level" TEXT NOT NULL,
  "text" TEXT NOT NULL,
  CONSTRAINT "log_line_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "log_line_execution_id_id_idx" ON "log_line"("execution_id", "id");

CREATE FUNCTION "forget_histories"() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM "journal" WHERE "execution_id" IN (SELECT "id" FROM "gone");
  DELETE FROM "journal_value" WHERE "execution_id" IN (SELECT "id" FROM "gone");
  DELETE FROM "log_line" WHERE "execution_id" IN (SELECT "id" FROM "gone");
  RETURN NULL;
END $$;
CREATE TRIGGER "forget_histories" AFTER DELETE ON "execution"
  REFERENCING OLD TABLE AS "gone" FOR EACH STATEMENT EXECUTE FUNCTION "forget_histories"();

CREATE TABLE "journal_owner" (
  "fence" BIGSERIAL NOT NULL,
  "host" TEXT NOT NULL,
  "process" INTEGER NOT NULL,
  "since" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "journal_owner_pkey" PRIMARY KEY ("fence")
);

CREATE TABLE "shard" (
  "number" SMALLINT NOT NULL,
  "fence" BIGINT,
  CONSTRAINT "shard_pkey" PRIMARY KEY ("number"),
  CONSTRAINT "shard_fence_fkey" FOREIGN KEY ("fence") REFERENCES "journal_owner"("fence") ON DELETE SET NULL ON UPDATE CASCADE
);
INSERT INTO "shard"("number") SELECT generate_series(0, 63);
