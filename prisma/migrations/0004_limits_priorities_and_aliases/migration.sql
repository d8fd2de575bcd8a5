-- An execution that is recorded and waits for its flow to have room. Few do: the index costs nothing for all others.
ALTER TABLE "execution" ADD COLUMN "queued" BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE "execution" ADD COLUMN "priority" SMALLINT NOT NULL DEFAULT 0;
-- The alias that it was started by; which version that stood for was drawn then.
ALTER TABLE "execution" ADD COLUMN "alias" TEXT;
CREATE INDEX "execution_queued_idx" ON "execution"("id") WHERE "queued";

CREATE TABLE "flow_alias" (
  "flow_id" UUID NOT NULL,
  "name" TEXT NOT NULL,
  "description" TEXT NOT NULL DEFAULT '',
  "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "flow_alias_pkey" PRIMARY KEY ("flow_id", "name"),
  CONSTRAINT "flow_alias_flow_id_fkey" FOREIGN KEY ("flow_id") REFERENCES "flow"("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- Which versions an alias stands for, and how many of a hundred executions each gets.
CREATE TABLE "flow_alias_route" (
  "flow_id" UUID NOT NULL,
  "alias" TEXT NOT NULL,
  "version" INTEGER NOT NULL,
  "weight" INTEGER NOT NULL CHECK ("weight" BETWEEN 0 AND 100),
  CONSTRAINT "flow_alias_route_pkey" PRIMARY KEY ("flow_id", "alias", "version"),
  CONSTRAINT "flow_alias_route_flow_id_alias_fkey" FOREIGN KEY ("flow_id", "alias") REFERENCES "flow_alias"("flow_id", "name") ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT "flow_alias_route_flow_id_version_fkey" FOREIGN KEY ("flow_id", "version") REFERENCES "flow_version"("flow_id", "number") ON DELETE CASCADE ON UPDATE CASCADE
);

-- What is decided for the installation as a whole, by name; lib/api/settings.ts says what may stand in it.
CREATE TABLE "setting" (
  "name" TEXT NOT NULL,
  "value" JSONB NOT NULL,
  CONSTRAINT "setting_pkey" PRIMARY KEY ("name")
);
