-- What is decided for a flow as a whole; lib/api/flow-settings.ts says what may stand in it.
ALTER TABLE "flow" ADD COLUMN "settings" JSONB NOT NULL DEFAULT '{}';
-- An execution may go on with another version: "version_id" is the one that it runs now, these are those before it.
ALTER TABLE "execution" ADD COLUMN "former_version_ids" UUID[] NOT NULL DEFAULT '{}';
