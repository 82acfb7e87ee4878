-- AlterTable
ALTER TABLE "report_addition" ADD COLUMN     "n" INTEGER NOT NULL DEFAULT 0;

-- CreateIndex
CREATE INDEX "report_waiting" ON "report"("status");

-- CreateIndex
CREATE INDEX "report_addition_unseen" ON "report_addition"("report_id") WHERE (not seen);
