-- AlterTable
ALTER TABLE "block" ADD COLUMN     "staff_id" UUID;
