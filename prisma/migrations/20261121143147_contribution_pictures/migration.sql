-- CreateTable
CREATE TABLE "contribution_picture" (
    "id" UUID NOT NULL,
    "source" BYTEA,
    "due_at" TIMESTAMPTZ(3),
    "tries" SMALLINT NOT NULL DEFAULT 0,
    "content" BYTEA,

    CONSTRAINT "contribution_picture_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "contribution_picture_due" ON "contribution_picture"("due_at");

-- AddForeignKey
ALTER TABLE "contribution_picture" ADD CONSTRAINT "contribution_picture_id_fkey" FOREIGN KEY ("id") REFERENCES "contribution"("id") ON DELETE CASCADE ON UPDATE CASCADE;
