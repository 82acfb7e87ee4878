-- AlterTable
ALTER TABLE "handoff" ADD COLUMN     "rests" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "told_closed" BOOLEAN NOT NULL DEFAULT false;

-- CreateIndex
CREATE INDEX "outbox_resting" ON "outbox"("conversation_id") WHERE (status = 'resting');
