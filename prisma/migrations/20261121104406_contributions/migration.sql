-- CreateTable
CREATE TABLE "contribution" (
    "id" UUID NOT NULL,
    "campaign" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "day" SMALLINT,
    "language" TEXT NOT NULL,
    "country" TEXT NOT NULL,
    "conversation_id" UUID,
    "status" TEXT NOT NULL,
    "content" BYTEA,
    "proposal" BYTEA,
    "why" TEXT,
    "by" UUID,
    "wording" INTEGER NOT NULL,
    "text" TEXT,
    "name" TEXT,
    "given" DATE NOT NULL,
    "published" DATE,
    "read" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "contribution_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "muted" (
    "conversation_id" UUID NOT NULL,
    "by" UUID NOT NULL,
    "since" DATE NOT NULL,

    CONSTRAINT "muted_pkey" PRIMARY KEY ("conversation_id")
);

-- CreateIndex
CREATE INDEX "contribution_conversation_id_idx" ON "contribution"("conversation_id");

-- CreateIndex
CREATE INDEX "contribution_shown" ON "contribution"("campaign", "kind", "language") WHERE (status = 'published');

-- CreateIndex
CREATE INDEX "contribution_waiting" ON "contribution"("given") WHERE (status in ('waiting', 'seconded'));
