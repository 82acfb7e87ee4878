-- AlterTable
ALTER TABLE "contribution" ADD COLUMN     "card" BOOLEAN NOT NULL DEFAULT false;
