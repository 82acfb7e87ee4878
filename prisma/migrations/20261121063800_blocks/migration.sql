-- AlterTable
ALTER TABLE "block" ADD COLUMN     "id" UUID,
ADD COLUMN     "name" TEXT,
ADD COLUMN     "reason" TEXT NOT NULL DEFAULT 'other';

-- Blocks from before are known by the last chat of their contact.
UPDATE "block" b SET "id" = gen_random_uuid(),
  "name" = coalesce((SELECT h."name" FROM "handoff" h WHERE h."conversation_id" = b."conversation_id" ORDER BY h."asked_at" DESC LIMIT 1), '–');

-- AlterTable
ALTER TABLE "block" ALTER COLUMN "id" SET NOT NULL,
ALTER COLUMN "name" SET NOT NULL,
ALTER COLUMN "reason" DROP DEFAULT;

-- CreateIndex
CREATE UNIQUE INDEX "block_id_key" ON "block"("id");
