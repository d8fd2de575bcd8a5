-- The view that a page is given of a long history, folded up to one of its events, so that the server goes on from there after
-- it was started again. Only the newest one is kept. It repeats what the journal says: losing it costs time, nothing else.
CREATE TABLE "execution_outline" (
  "execution_id" UUID NOT NULL,
  "last_event" INTEGER NOT NULL,
  "version" INTEGER NOT NULL,
  "format" SMALLINT NOT NULL,
  "view" TEXT NOT NULL,
  CONSTRAINT "execution_outline_pkey" PRIMARY KEY ("execution_id")
);
-- Read and written whole, and replaced soon: not worth being compressed.
ALTER TABLE "execution_outline" ALTER COLUMN "view" SET STORAGE EXTERNAL;

CREATE OR REPLACE FUNCTION "forget_histories"() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM "journal" WHERE "execution_id" IN (SELECT "id" FROM "gone");
  DELETE FROM "journal_value" WHERE "execution_id" IN (SELECT "id" FROM "gone");
  DELETE FROM "execution_snapshot" WHERE "execution_id" IN (SELECT "id" FROM "gone");
  DELETE FROM "execution_outline" WHERE "execution_id" IN (SELECT "id" FROM "gone");
  DELETE FROM "log_line" WHERE "execution_id" IN (SELECT "id" FROM "gone");
  RETURN NULL;
END $$;
