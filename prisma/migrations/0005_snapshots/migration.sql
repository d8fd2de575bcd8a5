-- How an execution with a long history stood after one of its turns, so that it is taken up without reading all of that.
-- Only the newest one is kept. It repeats what the journal says: losing it costs time, nothing else.
CREATE TABLE "execution_snapshot" (
  "execution_id" UUID NOT NULL,
  "last_event" INTEGER NOT NULL,
  "version_id" UUID NOT NULL,
  "format" SMALLINT NOT NULL,
  "state" TEXT NOT NULL,
  CONSTRAINT "execution_snapshot_pkey" PRIMARY KEY ("execution_id")
);
-- Read and written whole, and replaced soon: not worth being compressed.
ALTER TABLE "execution_snapshot" ALTER COLUMN "state" SET STORAGE EXTERNAL;

CREATE OR REPLACE FUNCTION "forget_histories"() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM "journal" WHERE "execution_id" IN (SELECT "id" FROM "gone");
  DELETE FROM "journal_value" WHERE "execution_id" IN (SELECT "id" FROM "gone");
  DELETE FROM "execution_snapshot" WHERE "execution_id" IN (SELECT "id" FROM "gone");
  DELETE FROM "log_line" WHERE "execution_id" IN (SELECT "id" FROM "gone");
  RETURN NULL;
END $$;
