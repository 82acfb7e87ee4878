-- CreateTable
CREATE TABLE "picture_source" (
    "id" UUID NOT NULL,
    "source" BYTEA NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "tries" SMALLINT NOT NULL DEFAULT 0,

    CONSTRAINT "picture_source_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "picture_source_due" ON "picture_source"("due_at");

-- What has still to be fetched goes on being fetched
INSERT INTO "picture_source" ("id", "source", "since", "due_at", "tries")
SELECT "id", "source", now(), "due_at", "tries" FROM "contribution_picture" WHERE "source" IS NOT NULL AND "due_at" IS NOT NULL;
DELETE FROM "contribution_picture" WHERE "content" IS NULL;

-- DropIndex
DROP INDEX "contribution_picture_due";

-- AlterTable
ALTER TABLE "contribution_picture" DROP COLUMN "due_at",
DROP COLUMN "source",
DROP COLUMN "tries",
ALTER COLUMN "content" SET NOT NULL;
